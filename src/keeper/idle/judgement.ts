/** What uses a machine at one moment. */
export type Uses = {
  /** Of people and agents, through the SSH master. */
  readonly sessions: number;
  /** At its ports and at its SSH door. */
  readonly connections: number;
  /** Of its guest's own, out. */
  readonly guestConnections: number;
  /** Processor time that its QEMU has taken since its start. */
  readonly cpuMs: number;
};

/** What one look leaves for the next; times are of a clock that stands still while this host sleeps. */
export type IdleTime = {
  readonly usedAtMs: number;
  readonly cpu?: { readonly atMs: number; readonly cpuMs: number };
};

/**
 * Of one core, averaged between two looks. A Debian guest that does nothing takes 4 to 6 % of one under emulation, and
 * less under KVM; a compiler, a test run or an agent's own work takes a whole core, and some of it in every second.
 */
const BUSY_SHARE = 0.25;
/** Less says nothing: the kernel counts processor time by the hundredth of a second. */
const LEAST_SPAN_MS = 500;

/** Whether somebody uses it who shows; work in the background does not. */
export const isHeld = ({ sessions, connections, guestConnections }: Omit<Uses, 'cpuMs'>): boolean =>
  sessions + connections + guestConnections > 0;

const isBusy = ({ cpu }: IdleTime, nowMs: number, cpuMs: number): boolean =>
  cpu !== undefined && cpuMs - cpu.cpuMs > BUSY_SHARE * (nowMs - cpu.atMs);

/** A look at what uses a machine. Pure. */
export const lookedAt = (
  before: IdleTime,
  nowMs: number,
  uses: Uses,
): IdleTime & { readonly cpu: NonNullable<IdleTime['cpu']> } => {
  const isUsed = isHeld(uses) || isBusy(before, nowMs, uses.cpuMs);
  const isTooSoon = before.cpu !== undefined && nowMs - before.cpu.atMs < LEAST_SPAN_MS;
  return {
    usedAtMs: isUsed ? nowMs : before.usedAtMs,
    cpu: isTooSoon && before.cpu !== undefined ? before.cpu : { atMs: nowMs, cpuMs: uses.cpuMs },
  };
};

const OFTEN_MS = 1000;
const SELDOM_MS = 15_000;

/** How long to wait for the next look: some five in the time after which a machine is suspended. */
export const lookEveryMs = (afterMs: number): number =>
  Math.min(SELDOM_MS, Math.max(OFTEN_MS, Math.round(afterMs / 5)));
