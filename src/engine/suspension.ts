import { uptime } from 'node:os';
import { readBootId } from '../lib/boot-id.ts';
import type { Context } from '../lib/context.ts';
import type { Judgement } from '../model/condition.ts';
import type { MachineId } from '../model/machine.ts';
import { type HostTime, type Suspension, suspensionLeftMs } from '../model/suspension.ts';
import { readNote, removeNote, writeNote } from '../state/machine-note.ts';

const NOTE = 'suspended.json';

const hostTime = async ({ clock }: Context): Promise<HostTime> => ({
  nowMs: clock.now().getTime(),
  bootId: await readBootId(),
  uptimeMs: Math.round(uptime() * 1000),
});

/** A suspension that holds, and for how long: null without an end. */
export type Suspended = { readonly suspension: Suspension; readonly leftMs: number | null };

/** Whether watch may not act on a machine now; a suspension whose time is over is none. */
export const readSuspended = async (context: Context, id: MachineId): Promise<Suspended | undefined> => {
  const suspension = await readNote(context.paths, id, NOTE);
  if (suspension === undefined) return undefined;
  const leftMs = suspensionLeftMs(suspension, await hostTime(context));
  return leftMs === 0 ? undefined : { suspension, leftMs };
};

/** Keeps watch from acting on a machine, for a time or until it is ended. Another suspension before it is replaced. */
export const suspend = async (
  context: Context,
  id: MachineId,
  options: { readonly durationMs: number | null; readonly reason: string | null },
): Promise<void> => {
  const { bootId, uptimeMs } = await hostTime(context);
  await writeNote(context.paths, id, NOTE, {
    format: 1,
    since: context.clock.now().toISOString(),
    ...options,
    bootId,
    uptimeMs,
  });
};

export const endSuspension = (context: Context, id: MachineId): Promise<void> =>
  removeNote(context.paths, id, NOTE);

/** The condition Suspended. */
export const suspendedJudgement = (context: Context, suspended: Suspended | undefined): Judgement => {
  if (suspended === undefined) return { status: 'False', reason: 'NotSuspended', message: '' };
  const { suspension, leftMs } = suspended;
  const end =
    leftMs === null
      ? 'until agentvm resume-reconcile'
      : `until ${new Date(context.clock.now().getTime() + leftMs).toISOString()}`;
  const why = suspension.reason === null ? '' : `: ${suspension.reason}`;
  return {
    status: 'True',
    reason: leftMs === null ? 'Suspended' : 'SuspendedForATime',
    message: `${end}${why}`,
  };
};
