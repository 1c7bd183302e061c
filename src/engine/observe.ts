import type { Context } from '../lib/context.ts';
import { AgentvmError } from '../model/errors.ts';
import { type FieldId, type FieldPath, fieldId } from '../model/fields.ts';
import type { GuestFacts, GuestOperations } from '../model/guest.ts';
import type { Desired, MachineState, Observation, Observed } from '../model/machine.ts';
import { type Machine, machineOfState } from './machine.ts';
import { fieldsOfPath } from './machine-spec.ts';
import { appliedFrom } from './patch.ts';
import type { Ports } from './ports.ts';

/** What to look at in a guest. */
type Names = { readonly packages: readonly string[]; readonly agents: readonly string[] };

const keysOf = (path: FieldPath, desired: Desired | undefined, state: MachineState): readonly string[] => {
  const wanted = desired === undefined ? [] : fieldsOfPath(appliedFrom(desired.fields), path);
  return [...new Set([...wanted, ...fieldsOfPath(state.fields, path)].map((field) => field.key))].sort();
};

const guestFields = (names: Names, look: (path: FieldPath, key: string) => Observation) => {
  const fields: Record<FieldId, Observation> = {};
  const add = (path: FieldPath, key: string): void => {
    fields[fieldId(path, key)] = look(path, key);
  };
  for (const name of names.packages) add('base.packages[]', name);
  for (const name of names.agents) add('agents[].version', name);
  return fields;
};

const fromFacts =
  (facts: GuestFacts) =>
  (path: FieldPath, key: string): Observation => {
    if (path === 'base.packages[]') {
      return facts.packages[key] === 'installed' ? { kind: 'known', value: true } : { kind: 'absent' };
    }
    const version = facts.agents[key];
    if (version === undefined)
      return { kind: 'unknown', why: `the agent '${key}' has no definition any more` };
    return version === null ? { kind: 'absent' } : { kind: 'known', value: version };
  };

/**
 * An exported share that the guest has not bound to its place is not there for those who work in the guest. One that
 * is to go stays seen until nothing exports it any more.
 */
const withoutUnboundMounts = (
  fields: Observed['fields'],
  mounted: readonly string[],
  desired: Desired | undefined,
): Record<FieldId, Observation> =>
  Object.fromEntries(
    Object.entries(fields).map(([id, observation]) => {
      const guestPath = /^mounts\[(.*)\]$/s.exec(id)?.[1];
      const isThere =
        guestPath === undefined || mounted.includes(guestPath) || desired?.fields.has(id) === false;
      return [id, isThere ? observation : { kind: 'absent' as const }];
    }),
  );

const lookInside = async (
  guest: GuestOperations,
  names: Names,
  isReady: boolean,
): Promise<GuestFacts | { readonly failed: string }> => {
  try {
    // The guest may still be coming up after an earlier command was ended.
    if (!isReady) await guest.waitUntilReady();
    return await guest.observe(names);
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    return { failed: error.message };
  }
};

const inspect = async ({ driver, ref }: Machine, context: Context, deep: boolean): Promise<Observed> => {
  try {
    return await driver.inspect(context, ref, { refresh: deep });
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    // A probe that fails says nothing; it must not look like an absent machine.
    return {
      power: 'unknown',
      powerReason: error.message,
      guestReady: false,
      at: context.clock.now().toISOString(),
      fields: {},
    };
  }
};

/**
 * Looks at what is really there. Cheap by default: what the driver knows from outside. `deep` also looks into a
 * running guest in one round trip; where that fails, what would have been seen is `unknown`.
 */
export const observe = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  desired: Desired | undefined,
  options: { readonly deep: boolean },
): Promise<Observed> => {
  const machine = await machineOfState(context, ports, state);
  const outside = await inspect(machine, context, options.deep);
  if (!options.deep || outside.power !== 'running') return outside;
  const names = {
    packages: keysOf('base.packages[]', desired, state),
    agents: keysOf('agents[].version', desired, state),
  };
  const facts = await lookInside(machine.guest, names, outside.guestReady);
  if ('failed' in facts) {
    const unknown = guestFields(names, () => ({ kind: 'unknown', why: facts.failed }));
    return { ...outside, guestReady: false, fields: { ...outside.fields, ...unknown } };
  }
  return {
    ...outside,
    guestReady: true,
    fields: {
      ...withoutUnboundMounts(outside.fields, facts.mounts, desired),
      ...guestFields(names, fromFacts(facts)),
    },
  };
};
