import type { Driver } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { sha256 } from '../lib/hash.ts';
import type { FieldPath } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { MachineState } from '../model/machine.ts';
import { automaticName, type Retention, type SnapshotOffer } from '../model/snapshot.ts';
import { readSnapshots } from '../state/snapshots.ts';
import { machineRef } from './machine.ts';

/** What is kept where the manifest does not say. */
const DEFAULT_KEEP = 3;
const DEFAULT_MAX_BYTES = 20 * 1024 ** 3;
const NAME_DIGITS = 4;
/** What was done in the guest for longer than this is worth a snapshot of its own. */
const REUSED_WITHIN_MS = 3_600_000;

/** How many snapshots are kept, by the fields that are asked for or that were applied. */
export const retentionOf = (valueAt: (path: FieldPath) => Json | undefined): Retention => {
  const [keep, maxBytes] = [valueAt('snapshots.keep'), valueAt('snapshots.maxSize')];
  return {
    keep: typeof keep === 'number' ? keep : DEFAULT_KEEP,
    maxBytes: typeof maxBytes === 'number' ? maxBytes : DEFAULT_MAX_BYTES,
  };
};

/**
 * The name of the next snapshot: the same each time until the state is written again, so that what a plan shows is what
 * an apply takes.
 */
const nextName = ({ lineage, serial }: MachineState, taken: readonly string[]): string => {
  for (let attempt = 0; ; attempt++) {
    const name = automaticName(sha256(`${lineage} ${serial} ${attempt}`).slice(0, NAME_DIGITS));
    if (!taken.includes(name)) return name;
  }
};

/** A plan is made without the lock, so another command may take the machine's files away meanwhile. */
const unlessGone = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

/** What a snapshot of a machine that is there would be; undefined where none can or shall be taken. */
export const offerSnapshot = async (
  context: Context,
  driver: Driver,
  state: MachineState,
  { keep, maxBytes }: Retention,
  /** The one that an apply which goes on had taken. */
  earlier?: string,
): Promise<SnapshotOffer | undefined> => {
  if (driver.snapshots === undefined || state.driverState === null || keep === 0) return undefined;
  const ref = machineRef(context, state);
  const [records, there, room] = await Promise.all([
    readSnapshots(context.paths, state.id),
    driver.snapshots.list(context, ref).catch(unlessGone),
    driver.snapshots.measure(context, ref).catch(unlessGone),
  ]);
  if (there === undefined || room === undefined) return undefined;
  const known = records.find(({ name }) => name === earlier && there.some((one) => one.name === name));
  const ageMs = known === undefined ? undefined : context.clock.now().getTime() - Date.parse(known.at);
  if (known !== undefined && ageMs !== undefined && ageMs < REUSED_WITHIN_MS) {
    return { name: known.name, takenAt: known.at, ...room, maxBytes };
  }
  return {
    name: nextName(
      state,
      [...records, ...there].map(({ name }) => name),
    ),
    ...room,
    maxBytes,
  };
};
