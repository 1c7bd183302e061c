import type { MachineId } from './machine.ts';
import type { Plan } from './plan.ts';

/** How an apply ended that did not fail. */
export type ApplyOutcome =
  /** There was nothing to do. */
  | 'unchanged'
  | 'applied'
  /** The plan has obstacles; nothing was run. */
  | 'blocked'
  /** The plan was not approved; nothing was run. */
  | 'declined'
  /** Between approval and lock the plan became another one, which is in the result; nothing was run. */
  | 'changed';

export type ApplyResult = {
  readonly outcome: ApplyOutcome;
  /** The plan that was carried out, or that was not. */
  readonly plan: Plan;
  /** Null where no machine was made. */
  readonly machine: MachineId | null;
};

type EventBase = {
  readonly kind: 'event';
  readonly version: 1;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** The machine's name in the manifest: the lines of several machines may mix. */
  readonly name: string;
};

/** What happens during an apply; one line each of `agentvm apply --json`: schemas/event.v1.json. */
export type ApplyEvent = EventBase &
  (
    | { readonly event: 'planned'; readonly plan: Plan }
    /** A step that an earlier command had begun was looked at. */
    | {
        readonly event: 'recovered';
        /** The apply that was cut off, its step, and where in it that stood. */
        readonly apply: string;
        readonly step: string;
        readonly title: string;
        readonly position: number;
        readonly total: number;
        readonly as: 'done' | 'undone';
      }
    | {
        readonly event: 'step-started';
        readonly step: string;
        readonly title: string;
        /** 1-based. */
        readonly position: number;
        readonly total: number;
      }
    | { readonly event: 'step-done'; readonly step: string; readonly elapsedMs: number }
    | {
        readonly event: 'step-failed';
        readonly step: string;
        readonly code: string;
        readonly message: string;
        readonly hint: string | null;
      }
    /** It was one of agentvm's own, and there are newer ones; see `snapshots` in the manifest. */
    | { readonly event: 'snapshot-dropped'; readonly snapshot: string }
    /** After a failed step the disk was put back. */
    | { readonly event: 'rolled-back'; readonly snapshot: string }
    | { readonly event: 'finished'; readonly outcome: ApplyOutcome; readonly machine: string | null }
  );

type Unstamped<E> = E extends unknown ? Omit<E, keyof EventBase> : never;

/** An event before it is stamped with its kind, version and time. */
export type ApplyHappening = Unstamped<ApplyEvent>;
