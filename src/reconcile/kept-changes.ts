import { type KeptPath, keptId } from '../model/facets.ts';
import type { Json } from '../model/json.ts';
import type { Kept, Observed } from '../model/machine.ts';
import type { Change } from '../model/plan.ts';
import type { PlannedChange } from './changes.ts';
import type { Cost } from './field-policies.ts';
import { isSameValue } from './same-value.ts';

/** What it costs to make again what agentvm keeps; undefined for what no step can. */
const COSTS: Readonly<Record<KeptPath, Cost | undefined>> = {
  'guest.files[]': { strategy: 'live', why: 'agentvm writes the file again' },
  'guest.shares[]': { strategy: 'live', why: 'the share is bound to its place again' },
  'guest.hostname': { strategy: 'live', why: 'the guest gets its name again' },
  'guest.user': {
    strategy: 'restart',
    why: 'a user at work cannot be changed; the next boot makes them anew',
  },
  'guest.route': { strategy: 'live', why: "the guest's network is set up again" },
  'guest.room': undefined,
};

/** With less than this share of the disk left, the next build or install is what fails. */
const LEAST_FREE_SHARE = 0.05;

type Room = { readonly totalBytes: number; readonly freeBytes: number };

/** Whether a root file system has room to work in. */
export const hasRoom = ({ totalBytes, freeBytes }: Room): boolean =>
  freeBytes >= totalBytes * LEAST_FREE_SHARE;

/** Whether what is there is what agentvm made; a thing that was not seen is taken for whole. */
export const isKept = ({ path, applied, found }: Kept): boolean => {
  if (found.kind === 'unknown') return true;
  if (path === 'guest.room') return found.kind !== 'known' || hasRoom(found.value as Room);
  return found.kind === 'known' && isSameValue(applied, found.value);
};

/** Whether a step can make it again; a full disk is a person's to see to. */
export const isHealedByStep = (path: KeptPath): boolean => COSTS[path] !== undefined;

const keptChange = ({ path, key, applied, found }: Kept): Change | undefined => {
  const cost: Cost | undefined = COSTS[path];
  if (cost === undefined) return undefined;
  return {
    field: keptId(path, key),
    path,
    ...(key === undefined ? {} : { key }),
    movement: 'drift',
    action: found.kind === 'known' ? 'change' : 'add',
    ...(found.kind === 'known' ? { before: found.value } : {}),
    after: applied,
    strategy: cost.strategy,
    reason: { code: 'drifted', text: cost.why },
  };
};

/** What moved in the guest of that which agentvm keeps there beside the manifest's fields. */
export const keptChanges = ({ power, kept = [] }: Observed): readonly PlannedChange[] =>
  power !== 'running'
    ? []
    : kept
        .filter((one) => !isKept(one))
        .flatMap((one) => {
          const change = keptChange(one);
          return change === undefined ? [] : [{ change, work: 'mend' as const }];
        });

/** Whether a step can do it while the machine runs. */
export const isMendedAlive = ({ change }: PlannedChange): boolean => change.strategy === 'live';

/** A kept thing in a few words. */
export const keptText = ({ path, key = '' }: Pick<Change, 'path' | 'key'>): string => {
  switch (path) {
    case 'guest.files[]':
      return key;
    case 'guest.shares[]':
      return `the share at ${key}`;
    case 'guest.hostname':
      return "the guest's name";
    case 'guest.user':
      return "the guest's user";
    case 'guest.route':
      return 'the way out';
    default:
      return String(path);
  }
};

const BYTES_PER_GIB = 1024 ** 3;

/** How full a root file system is, in words. */
export const roomText = ({ totalBytes, freeBytes }: Room): string => {
  const percent = Math.round((1 - freeBytes / totalBytes) * 100);
  const gib = (bytes: number): string => (bytes / BYTES_PER_GIB).toFixed(1);
  return `${percent} % full, ${gib(freeBytes)} of ${gib(totalBytes)} GiB left`;
};

/** What a person must see to, since no step can: a disk that is nearly full. */
export const roomNotes = ({ power, kept = [] }: Observed): readonly string[] =>
  kept.flatMap((one) => {
    if (power !== 'running' || one.path !== 'guest.room' || isKept(one) || one.found.kind !== 'known')
      return [];
    const text = roomText(one.found.value as Json as Room);
    return [`The root disk is ${text} (drift): free some in the machine, or raise resources.disk.`];
  });
