import { AgentvmError } from '../../model/errors.ts';
import type { ImagePin } from '../../model/image-pin.ts';
import type { Json } from '../../model/json.ts';
import type { Layer } from '../../model/layer.ts';
import type { AppliedFields } from '../../model/machine.ts';
import { fieldsOfPath } from '../machine-spec.ts';
import { appliedFrom, applyPatch } from '../patch.ts';
import { planAgain, type StepHandler, type StepRun } from './step.ts';

/** What an image is made from: what it was resolved to before, else what it stands for today. */
const pinOf = async (run: StepRun, image: Json, known: ImagePin | undefined): Promise<ImagePin> => {
  if (known?.source !== undefined) return known;
  return run.ports.layers.pin(run.context, { driver: run.driver.name, image, arch: run.ports.arch });
};

/** What the manifest asks for: a package that only waits to be taken out of the record belongs in no new root disk. */
const packagesOf = ({ desired }: StepRun, fields: AppliedFields): readonly string[] =>
  fieldsOfPath(desired === undefined ? fields : appliedFrom(desired.fields), 'base.packages[]')
    .map((one) => one.key)
    .sort();

/** The layer for the fields that are to hold, made by an earlier step, and what its image was resolved to. */
export const layerOf = async (
  run: StepRun,
  known?: ImagePin,
): Promise<{ readonly layer: Layer; readonly pin: ImagePin }> => {
  const fields = applyPatch(run.state.fields, run.patch);
  const field = fields['base.image'];
  if (field === undefined) {
    throw new AgentvmError({
      code: 'IMAGE_MISSING',
      message: `The manifest of '${run.state.name}' names no base.image`,
      hint: 'Add base: {image: debian-12} to it.',
    });
  }
  const pin = await pinOf(run, field.value, known ?? (field.resolved as ImagePin | undefined));
  const layer = await run.ports.layers.ensure(run.context, {
    driver: run.driver.name,
    image: field.value,
    arch: run.ports.arch,
    pin,
    packages: packagesOf(run, fields),
  });
  return { layer, pin };
};

/** What `base.image` was resolved to. */
export const imageResolution = (pin: ImagePin): Readonly<Record<string, Json>> => ({ 'base.image': pin });

/** Builds or downloads the base disk; the same recipe is made once for all machines. */
export const layerEnsure: StepHandler<'layer.ensure'> = {
  probe: planAgain,
  run: async (run) => {
    const { context, driver, ports, action } = run;
    const { image, packages } = action;
    await ports.layers.ensure(context, {
      driver: driver.name,
      image,
      arch: ports.arch,
      pin: await pinOf(run, image, action.pin),
      packages: [...packages].sort(),
    });
    return {};
  },
};
