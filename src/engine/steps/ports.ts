import type { PortValue } from '../../model/field-values.ts';
import type { FieldId } from '../../model/fields.ts';
import type { Json } from '../../model/json.ts';
import { fieldsOfPath } from '../machine-spec.ts';
import { applyPatch } from '../patch.ts';
import { planAgain, type StepHandler, type StepRun } from './step.ts';

/** The host ports that the driver chose for `auto`, as it tells them now. */
export const portResolutions = async (run: StepRun): Promise<Readonly<Record<FieldId, Json>>> => {
  const fields = applyPatch(run.state.fields, run.patch);
  const chosen = fieldsOfPath(fields, 'ports[]').filter(
    (field) => (field.value as unknown as PortValue).host === 'auto',
  );
  if (chosen.length === 0) return {};
  const inspection = await run.driver.inspect(run.context, run.ref, { refresh: true });
  const resolved: Record<FieldId, Json> = {};
  for (const { key } of chosen) {
    const id = `ports[${key}]`;
    const seen = inspection.fields[id];
    if (seen?.kind === 'known') resolved[id] = seen.value;
  }
  return resolved;
};

const setPorts = async (run: StepRun): Promise<Json> =>
  run.driver.updateLive(run.context, run.ref, await run.spec());

/** Listens on a host port for a guest port. */
export const portAdd: StepHandler<'port.add'> = {
  probe: planAgain,
  run: async (run) => ({ driverState: await setPorts(run), resolved: await portResolutions(run) }),
};

/** Gives a host port free. */
export const portRemove: StepHandler<'port.remove'> = {
  probe: planAgain,
  run: async (run) => ({ driverState: await setPorts(run) }),
};
