import { AgentvmError } from '../../model/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Layer } from '../../model/layer.ts';
import { fieldsOfPath } from '../machine-spec.ts';
import { applyPatch } from '../patch.ts';
import { planAgain, type StepHandler, type StepRun } from './step.ts';

/** The layer for the fields that are to hold; made by an earlier step, so that this finds it ready. */
export const layerOf = async (run: StepRun): Promise<Layer> => {
  const fields = applyPatch(run.state.fields, run.patch);
  const image = fields['base.image']?.value;
  if (image === undefined) {
    throw new AgentvmError({
      code: 'IMAGE_MISSING',
      message: `The manifest of '${run.state.name}' names no base.image`,
      hint: 'Add base: {image: debian-12} to it.',
    });
  }
  return run.ports.layers.ensure(run.context, {
    driver: run.driver.name,
    image,
    arch: run.ports.arch,
    packages: fieldsOfPath(fields, 'base.packages[]')
      .map((field) => field.key)
      .sort(),
  });
};

/** What `base.image` was resolved to. */
export const imageResolution = (layer: Layer): Readonly<Record<string, Json>> => ({
  'base.image': layer.imageDigest,
});

/** Builds or downloads the base disk; the same recipe is made once for all machines. */
export const layerEnsure: StepHandler<'layer.ensure'> = {
  probe: planAgain,
  run: async ({ context, driver, ports, action }) => {
    const { image, packages } = action;
    await ports.layers.ensure(context, {
      driver: driver.name,
      image,
      arch: ports.arch,
      packages: [...packages].sort(),
    });
    return {};
  },
};
