import type { ApplyEvent } from './apply.ts';
import type { Condition } from './condition.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { FieldId } from './fields.ts';
import type { Plan, Strategy } from './plan.ts';

/** Something that moved away from what was applied, by its name in `agentvm drift`: a field, `power`, `guest.files[…]`. */
export type Drift = { readonly field: FieldId; readonly text: string };

/** How one machine's part of a watch stands; `watch --once` exits by it. */
export type WatchOutcome =
  | 'converged'
  /** The plan is more than watch may do, or a grant is missing. */
  | 'pending'
  /** The manifest cannot be taken; its last good version holds. */
  | 'invalid'
  | 'failed'
  | 'stalled'
  | 'suspended';

type WatchBase = {
  readonly kind: 'watch-event';
  readonly version: 1;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** The manifest's file; the folder where it is about no single file. */
  readonly manifest: string;
  /** The machine's name; null where it is about no single machine. */
  readonly machine: string | null;
};

/** What happens while watching; one line each of `agentvm watch --json`: schemas/watch-event.v1.json. */
export type WatchEvent = WatchBase &
  (
    | { readonly event: 'watching'; readonly allow: Strategy; readonly policy: 'report' | 'heal' }
    /** The document is gone from the files; its machine is kept. */
    | { readonly event: 'undeclared' }
    /** Told once until it changes. */
    | { readonly event: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
    /** One thing that apply does; only for plans that are carried out. */
    | { readonly event: 'apply'; readonly apply: ApplyEvent }
    | { readonly event: 'converged'; readonly revision: string; readonly steps: number }
    /** Shown once; it waits for a person. */
    | { readonly event: 'pending'; readonly text: string; readonly plan: Plan }
    /** What nobody has granted stays as it was; the rest is done. */
    | {
        readonly event: 'withheld';
        readonly withheld: readonly { readonly grant: string; readonly text: string }[];
        /** What a person runs to grant it. */
        readonly command: string;
      }
    | { readonly event: 'drift'; readonly drift: readonly Drift[]; readonly policy: 'report' | 'heal' }
    /** The field moves away again and again; it is only reported from now on. */
    | { readonly event: 'heal-stopped'; readonly field: FieldId; readonly text: string }
    | {
        readonly event: 'failed';
        readonly code: string;
        readonly message: string;
        readonly hint: string | null;
        /** When it is tried again by itself; null where that waits for a person. */
        readonly retryInMs: number | null;
      }
    /** Another process is changing the machine; watch goes on when it has finished. */
    | { readonly event: 'waiting'; readonly message: string }
    /** A condition has another status or another reason. */
    | { readonly event: 'condition'; readonly condition: Condition }
    /** What the machine wanted to reach since the last look and may not. */
    | {
        readonly event: 'refused';
        readonly count: number;
        readonly hosts: readonly {
          readonly host: string;
          readonly port: number | null;
          readonly rule: string;
        }[];
        /** Hosts that are only counted. */
        readonly moreHosts: number;
      }
    | { readonly event: 'note'; readonly text: string }
    | { readonly event: 'stopped' }
  );

type Unstamped<E> = E extends unknown ? Omit<E, keyof WatchBase> : never;

/** An event before it is stamped. */
export type WatchHappening = Unstamped<WatchEvent>;
