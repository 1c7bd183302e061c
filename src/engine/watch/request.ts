import type { BackoffTimes } from '../../lib/backoff.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Desired } from '../../model/machine.ts';
import type { Plan, Strategy } from '../../model/plan.ts';
import type { WatchEvent } from '../../model/watch.ts';

/** What the watched files say, each time they are read. */
export type Declaration = {
  /** The machines whose documents are sound. */
  readonly desired: readonly Desired[];
  /** What is wrong with the others. */
  readonly diagnostics: readonly Diagnostic[];
  /** The file or the folder that is watched. */
  readonly place: { readonly kind: 'file' | 'folder'; readonly path: string };
};

export type WatchTimes = {
  /** Files are quiet for so long before they are read; in a stream of events they are read each `debounceMostMs`. */
  readonly debounceMs: number;
  readonly debounceMostMs: number;
  /** Between two cheap looks at a machine, and between two into its guest. */
  readonly probeMs: number;
  readonly deepProbeMs: number;
  readonly backoff: BackoffTimes;
};

export const WATCH_TIMES: WatchTimes = {
  debounceMs: 300,
  debounceMostMs: 3000,
  probeMs: 60_000,
  deepProbeMs: 10 * 60_000,
  backoff: { firstMs: 5000, capMs: 5 * 60_000 },
};

export type WatchRequest = {
  readonly load: () => Promise<Declaration>;
  /** The most disruptive thing to do without asking. */
  readonly allow: Strategy;
  /** Converges once and ends. */
  readonly once: boolean;
  /** Looks whether the host has what a plan needs; throws what stalls it. */
  readonly checkHost: (plan: Plan) => Promise<void>;
  readonly onEvent: (event: WatchEvent) => void;
  /** Ends the watch after the step that runs; the context's signal ends the step too. */
  readonly stop: AbortSignal;
  readonly times: WatchTimes;
};
