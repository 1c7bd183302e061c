import { type FieldId, type FieldPath, fieldId } from '../model/fields.ts';
import type { GuestFacts, Seen } from '../model/guest.ts';
import type { Json } from '../model/json.ts';
import type { AppliedFields, Desired, Kept, MachineState, Observation, Observed } from '../model/machine.ts';
import type { NetworkWall } from '../model/network.ts';
import { type KeptRecord, keptDigest, keptFilesOf } from '../state/kept-record.ts';
import { fieldsOfPath, mountShareId } from './machine-spec.ts';
import { appliedFrom } from './patch.ts';

/** What a guest is asked about, by name. */
export type Names = {
  readonly packages: readonly string[];
  readonly agents: readonly string[];
  readonly scripts: readonly string[];
};

const keysOf = (path: FieldPath, desired: Desired | undefined, state: MachineState): readonly string[] => {
  const wanted = desired === undefined ? [] : fieldsOfPath(appliedFrom(desired.fields), path);
  return [...new Set([...wanted, ...fieldsOfPath(state.fields, path)].map((field) => field.key))].sort();
};

/** A script leaves a mark since there are marks; one that ran before is not known to be gone. */
export const namesOf = (state: MachineState, desired: Desired | undefined, record: KeptRecord): Names => ({
  packages: keysOf('base.packages[]', desired, state),
  agents: keysOf('agents[].version', desired, state),
  scripts: fieldsOfPath(state.fields, 'base.scripts[]')
    .map(({ key }) => key)
    .filter((key) => record.scripts.includes(key)),
});

const known = (value: Json): Observation => ({ kind: 'known', value });
const ABSENT: Observation = { kind: 'absent' };

const observed = <T>(seen: Seen<T>, tell: (value: T) => Observation): Observation =>
  seen.kind === 'unknown' ? seen : tell(seen.value);

type Fields = Record<FieldId, Observation>;

const packageFields = (facts: GuestFacts, names: Names): Fields =>
  Object.fromEntries(
    names.packages.map((name) => [
      fieldId('base.packages[]', name),
      observed(facts.packages, (packages) => (packages[name] === 'installed' ? known(true) : ABSENT)),
    ]),
  );

const agentFields = (facts: GuestFacts, names: Names): Fields =>
  Object.fromEntries(
    names.agents.map((name) => [
      fieldId('agents[].version', name),
      observed(
        facts.agents[name] ?? { kind: 'unknown', why: `the agent '${name}' has no definition any more` },
        ({ version, isAltered }) => {
          if (isAltered) return known(version === null ? 'altered, does not start' : `${version}, altered`);
          return version === null ? ABSENT : known(version);
        },
      ),
    ]),
  );

const scriptFields = (facts: GuestFacts, names: Names, applied: AppliedFields): Fields =>
  Object.fromEntries(
    names.scripts.map((name) => {
      const id = fieldId('base.scripts[]', name);
      const ran = observed(facts.scripts, (digests) => {
        const sha256 = digests[name] ?? null;
        return sha256 === null ? ABSENT : known({ ...(applied[id]?.value as { path: string }), sha256 });
      });
      return [id, ran];
    }),
  );

const MOUNT = /^mounts\[(.*)\]$/s;

/**
 * An exported share that the guest has not bound to its place is not there for those who work in the guest. One that
 * is to go stays seen until nothing exports it any more.
 */
const mountFields = (
  fields: Observed['fields'],
  facts: GuestFacts,
  state: MachineState,
  desired: Desired | undefined,
): Fields => {
  if (facts.mounts.kind === 'unknown') {
    const { why } = facts.mounts;
    const places = Object.keys(fields).filter((id) => MOUNT.test(id));
    return Object.fromEntries(places.map((id) => [id, { kind: 'unknown', why }]));
  }
  const mounts = facts.mounts.value;
  const mounted: Fields = {};
  for (const [id, exported] of Object.entries(fields)) {
    const place = MOUNT.exec(id)?.[1];
    if (place === undefined || exported.kind !== 'known' || desired?.fields.has(id) === false) continue;
    const there = mounts[place];
    const value = exported.value as { readonly [key: string]: Json };
    mounted[id] = there?.share === mountShareId(place) ? known({ ...value, mode: there.mode }) : ABSENT;
  }
  const place = state.fields['workspace.guestPath']?.value;
  if (typeof place === 'string') {
    const there = mounts[place]?.share === 'workspace' ? mounts[place] : undefined;
    mounted['workspace.guestPath'] = there === undefined ? ABSENT : known(place);
    if (there !== undefined) mounted['workspace.mode'] = known(there.mode);
  }
  return mounted;
};

/** A guest's kernel keeps some of its memory for itself. */
const LEAST_SHARE_OF_MEMORY = 0.75;

/** What the machine was started with is what the guest has, unless the guest shows less or more. */
const resourceFields = (fields: Observed['fields'], facts: GuestFacts): Fields => {
  const memory = fields['resources.memory'];
  const seen = facts.memoryMiB;
  const isOther =
    memory?.kind === 'known' &&
    seen.kind === 'known' &&
    (seen.value > Number(memory.value) || seen.value < Number(memory.value) * LEAST_SHARE_OF_MEMORY);
  return {
    ...(facts.cpus.kind === 'known' ? { 'resources.cpus': known(facts.cpus.value) } : {}),
    ...(isOther ? { 'resources.memory': known(seen.value) } : {}),
  };
};

/** The fields of the manifest as they are, seen from outside and from inside. */
export const fieldsSeen = (
  outside: Observed['fields'],
  facts: GuestFacts,
  names: Names,
  state: MachineState,
  desired: Desired | undefined,
): Fields => ({
  ...outside,
  ...resourceFields(outside, facts),
  ...mountFields(outside, facts, state, desired),
  ...packageFields(facts, names),
  ...agentFields(facts, names),
  ...scriptFields(facts, names, state.fields),
});

/** What would have been seen in a guest that cannot be looked at. */
export const fieldsUnseen = (names: Names, why: string): Fields =>
  Object.fromEntries(
    [
      ...names.packages.map((name) => fieldId('base.packages[]', name)),
      ...names.agents.map((name) => fieldId('agents[].version', name)),
      ...names.scripts.map((name) => fieldId('base.scripts[]', name)),
    ].map((id) => [id, { kind: 'unknown', why }]),
  );

const DIGEST_DIGITS = 12;

const keptFiles = (record: KeptRecord, facts: GuestFacts, key: Uint8Array): readonly Kept[] =>
  Object.entries(keptFilesOf(record)).map(([path, right]) => {
    const seen: Seen<string | null> = facts.files[path] ?? { kind: 'unknown', why: 'it was not looked at' };
    const applied = right[0]?.slice(0, DIGEST_DIGITS) ?? null;
    const found = observed(seen, (sha256) => {
      if (sha256 === null) return ABSENT;
      const digest = keptDigest(key, sha256);
      return known(right.includes(digest) ? applied : digest.slice(0, DIGEST_DIGITS));
    });
    return { path: 'guest.files[]', key: path, applied, found };
  });

const keptShare = (guestPath: string, share: string, facts: GuestFacts): Kept => ({
  path: 'guest.shares[]',
  key: guestPath,
  applied: 'ro',
  found: observed(facts.mounts, (mounts) => (mounts[guestPath]?.share === share ? known('ro') : ABSENT)),
});

/** What agentvm keeps in the guest beside the manifest's fields, as it is. */
export const keptSeen = (
  record: KeptRecord,
  facts: GuestFacts,
  key: Uint8Array,
  packages: { readonly id: string; readonly guestPath: string },
  wall: NetworkWall | undefined,
): readonly Kept[] => [
  ...keptFiles(record, facts, key),
  keptShare(packages.guestPath, packages.id, facts),
  ...(record.hostname === null
    ? []
    : [
        { path: 'guest.hostname' as const, applied: record.hostname, found: observed(facts.hostname, known) },
      ]),
  ...(record.user === null
    ? []
    : [{ path: 'guest.user' as const, applied: record.user, found: observed(facts.user, known) }]),
  {
    path: 'guest.route',
    applied: true,
    // Behind the second wall there is no way out but the proxy: QEMU's restricted network tells the guest of none.
    found: observed(facts.hasRoute, (hasRoute) => (hasRoute || wall === 'proxy' ? known(true) : ABSENT)),
  },
  { path: 'guest.room', applied: null, found: observed(facts.room, known) },
];
