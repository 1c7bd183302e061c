import type { Context } from '../lib/context.ts';
import { PACKAGES_SHARE } from '../model/agent-places.ts';
import { AgentvmError } from '../model/errors.ts';
import { FACETS, type Facet, type FacetLook, facetOf, GUEST_FACETS } from '../model/facets.ts';
import { fieldId } from '../model/fields.ts';
import type { GuestFacts, GuestOperations, LookRequest } from '../model/guest.ts';
import type { Desired, Kept, MachineState, Observation, Observed } from '../model/machine.ts';
import { digestKey } from '../state/digest-key.ts';
import { keptFilesOf, readKept } from '../state/kept-record.ts';
import { fieldsSeen, fieldsUnseen, keptSeen, namesOf } from './guest-view.ts';
import { type Machine, machineOfState } from './machine.ts';
import type { Ports } from './ports.ts';

const lookInside = async (
  guest: GuestOperations,
  request: LookRequest,
  isReady: boolean,
): Promise<GuestFacts | { readonly failed: string }> => {
  try {
    // The guest may still be coming up after an earlier command was ended.
    if (!isReady) await guest.waitUntilReady();
    return await guest.observe(request);
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    return { failed: error.message };
  }
};

/** What was applied or is asked for, and is not among all that there is. */
const withAbsent = (seen: Observed, state: MachineState, desired: Desired | undefined): Observed => {
  const { whole = [] } = seen;
  const named = [...Object.values(state.fields), ...(desired?.fields.values() ?? [])];
  const absent = named
    .filter(({ path }) => whole.includes(path))
    .map(({ path, key }) => [fieldId(path, key), { kind: 'absent' } as const] as const);
  return { ...seen, fields: { ...Object.fromEntries(absent), ...seen.fields } };
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

const NOT_INSIDE = 'only a look inside tells (--deep)';
const SUSPENDED = 'the machine is suspended, and nothing can have changed inside';

const whyNotInside = ({ power }: Observed): string | undefined => {
  switch (power) {
    case 'running':
      return undefined;
    case 'unknown':
      return 'whether the machine runs could not be found out';
    case 'absent':
      return 'there is no machine';
    default:
      return `the machine is ${power}`;
  }
};

/** What is applied or kept of each facet, for telling one that has nothing from one that was not looked at. */
const isThereAny = (facet: Facet, state: MachineState): boolean =>
  Object.values(state.fields).some(({ path }) => facetOf(path) === facet);

const foundOf = (
  facet: Facet,
  { fields, kept = [] }: Observed,
  state: MachineState,
): readonly Observation[] => [
  ...Object.entries(state.fields).flatMap(([id, { path }]) =>
    facetOf(path) === facet ? (fields[id] ?? []) : [],
  ),
  ...kept.filter(({ path }) => facetOf(path) === facet).map(({ found }) => found),
];

const MAY_BE_EMPTY: readonly Facet[] = ['ports', 'packages', 'scripts', 'agents'];

const lookOf = (facet: Facet, observed: Observed, state: MachineState, inside: string): FacetLook => {
  const { at, power } = observed;
  if (facet === 'power') {
    return power === 'unknown'
      ? { kind: 'unknown', why: observed.powerReason ?? 'the probe failed' }
      : { kind: 'known', at };
  }
  if (MAY_BE_EMPTY.includes(facet) && !isThereAny(facet, state)) return { kind: 'absent', at };
  const found = foundOf(facet, observed, state);
  const unknown = found.find((one) => one.kind === 'unknown');
  if (found.length > 0 && found.every((one) => one.kind === 'unknown') && unknown?.kind === 'unknown') {
    return { kind: 'unknown', why: unknown.why };
  }
  if (found.length > 0) return { kind: 'known', at };
  return {
    kind: 'unknown',
    why: whyNotInside(observed) ?? (GUEST_FACETS.includes(facet) ? inside : NOT_INSIDE),
  };
};

/** Adds how each facet was looked at; `inside` says why a running guest was not. */
const withFacets = (observed: Observed, state: MachineState, inside: string): Observed => ({
  ...observed,
  facets: Object.fromEntries(
    FACETS.map((facet) => [facet, lookOf(facet, observed, state, inside)]),
  ) as Record<Facet, FacetLook>,
});

/**
 * Looks at what is really there. Cheap by default: what the driver knows from outside. `deep` also looks into a
 * running guest in one round trip; where that fails, what would have been seen is `unknown`. A suspended machine is
 * woken for that, unless it may not be: nothing in it can have changed.
 */
export const observe = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  desired: Desired | undefined,
  options: { readonly deep: boolean; readonly mayWake?: boolean },
): Promise<Observed> => {
  const machine = await machineOfState(context, ports, state);
  const outside = withAbsent(await inspect(machine, context, options.deep), state, desired);
  if (!options.deep || outside.power !== 'running') return withFacets(outside, state, NOT_INSIDE);
  if (options.mayWake === false && outside.suspendedSince !== undefined) {
    return withFacets(outside, state, SUSPENDED);
  }
  const record = await readKept(context.paths, state.id);
  const names = namesOf(state, desired, record);
  const request = { ...names, stamps: record.stamps, files: Object.keys(keptFilesOf(record)) };
  const facts = await lookInside(machine.guest, request, outside.guestReady);
  if ('failed' in facts) {
    const fields = { ...outside.fields, ...fieldsUnseen(names, facts.failed) };
    return withFacets({ ...outside, guestReady: false, fields }, state, facts.failed);
  }
  const kept: readonly Kept[] = keptSeen(
    record,
    facts,
    await digestKey(context.paths),
    PACKAGES_SHARE,
    outside.network?.wall,
  );
  return withFacets(
    {
      ...outside,
      at: context.clock.now().toISOString(),
      guestReady: true,
      fields: fieldsSeen(outside.fields, facts, names, state, desired),
      kept,
    },
    state,
    NOT_INSIDE,
  );
};
