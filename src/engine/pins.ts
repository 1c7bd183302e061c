import type { Context } from '../lib/context.ts';
import { canonicalJson } from '../lib/hash.ts';
import { AgentvmError } from '../model/errors.ts';
import { FIELD_PATHS, type Field, type FieldId } from '../model/fields.ts';
import type { ImagePin } from '../model/image-pin.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField, Desired, MachineState } from '../model/machine.ts';
import type { Pin } from '../model/upgrade.ts';
import { keepApplied } from '../reconcile/kept-values.ts';
import type { Ports } from './ports.ts';

type Place = Pick<Pin, 'field' | 'path' | 'kind'>;

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);

const pinOf = (place: Place, now: Json | undefined, newest: Json | undefined): Pin => ({
  ...place,
  ...(now === undefined ? {} : { now }),
  ...(newest === undefined ? {} : { newest }),
  isNewest: isSame(now, newest),
});

/** What cannot be looked up is told, and does not keep the other pins from moving. */
const lookedUp = async (place: Place, now: Json, lookUp: () => Promise<Json>): Promise<Pin> => {
  try {
    return pinOf(place, now, await lookUp());
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    return { ...place, now, isNewest: false, problem: error.message };
  }
};

/** Which of two readings of an image are the same: by the entry where both have one, else by what it comes to. */
const newestImage = (now: ImagePin, newest: ImagePin): ImagePin =>
  now.source === undefined && now.digest === newest.digest ? now : newest;

const pinsOfField = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  field: FieldId,
  applied: AppliedField,
  desired: Field,
): Promise<readonly Pin[]> => {
  const { path, key = '', value, resolved } = applied;
  if (resolved === undefined || !isSame(value, desired.value)) return [];
  const { driver, project } = state;
  if (path === 'base.image') {
    const now = resolved as ImagePin;
    const place = { field, path, kind: 'image' } as const;
    // An image by its digest is what the manifest says, and nothing else.
    if ((value as { readonly name?: string }).name === undefined) return [];
    const lookUp = async (): Promise<Json> =>
      newestImage(now, await ports.layers.pin(context, { driver, image: value, arch: ports.arch }));
    return [await lookedUp(place, now, lookUp)];
  }
  if (path !== 'agents[].version' || (value !== 'latest' && value !== 'host')) return [];
  return [
    await lookedUp({ field, path, kind: 'version' }, resolved, () =>
      ports.agents.newest(context, { driver, name: key, wanted: value, projectDir: project.realPath }),
    ),
  ];
};

/** Another driver means another machine, and the guard against deletion is lifted by hand alone. */
const UNMOVED: readonly Field['path'][] = ['driver', 'lifecycle.protect'];

/** Defaults in which this release differs from the one that applied the manifest. */
const movedDefaults = (desired: Desired, state: MachineState): readonly Pin[] => {
  const kept = keepApplied(desired.fields, state);
  const ids = [...new Set([...kept.keys(), ...desired.fields.keys()])];
  return ids.flatMap((field) => {
    const [now, newest] = [kept.get(field), desired.fields.get(field)];
    const { path } = now ?? newest ?? {};
    if (path === undefined || UNMOVED.includes(path) || isSame(now?.value, newest?.value)) return [];
    return [pinOf({ field, path, kind: 'default' }, now?.value, newest?.value)];
  });
};

/**
 * Everything that was resolved when the manifest was applied and has stayed so since, with what it would be resolved to
 * today. Asks the registry and the catalogue; no other command does.
 */
export const listPins = async (
  context: Context,
  ports: Ports,
  desired: Desired,
  state: MachineState,
): Promise<readonly Pin[]> => {
  const defaults = movedDefaults(desired, state);
  const resolved = await Promise.all(
    Object.entries(state.fields).map(async ([id, applied]) => {
      const field = desired.fields.get(id);
      const isMoved = defaults.some((pin) => pin.field === id);
      return field === undefined || isMoved ? [] : pinsOfField(context, ports, state, id, applied, field);
    }),
  );
  const rank = ({ path }: Pin): number => FIELD_PATHS.indexOf(path);
  return [...resolved.flat(), ...defaults].sort((a, b) => rank(a) - rank(b) || (a.field < b.field ? -1 : 1));
};
