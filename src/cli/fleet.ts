import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import { renderError } from '../ui/error-text.ts';

/** What came of one machine's share of a command. */
export type Outcome<T> = { readonly name: string } & (
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown }
);

/** Of several machines each progress says whose it is. */
const contextOf = (context: Context, name: string): Context => ({
  ...context,
  progress: { task: (title, work) => context.progress.task(`${name}: ${title}`, work) },
});

export type FleetOptions = {
  /** How many are worked on at once. */
  readonly parallel?: number;
  /** Whether the failure of a machine that is the only one is an outcome too, and not thrown. */
  readonly isTold?: boolean;
};

/**
 * Does work for machines, so many at once, in their order; the failure of one does not stop the others. With only one
 * machine its failure is thrown unless told.
 * @throws the signal's reason after an abort, when the work that was begun has ended.
 */
export const forEachMachine = async <M extends { readonly name: string }, T>(
  context: Context,
  machines: readonly M[],
  work: (context: Context, machine: M) => Promise<T>,
  { parallel = 1, isTold = false }: FleetOptions = {},
): Promise<readonly Outcome<T>[]> => {
  const [only, ...others] = machines;
  if (!isTold && only !== undefined && others.length === 0) {
    return [{ name: only.name, ok: true, value: await work(context, only) }];
  }
  const outcomes: Outcome<T>[] = [];
  const waiting = machines.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [index, machine] of waiting) {
      if (context.signal.aborted) return;
      const { name } = machine;
      outcomes[index] = await work(contextOf(context, name), machine).then(
        (value) => ({ name, ok: true, value }),
        (error: unknown) => ({ name, ok: false, error }),
      );
    }
  };
  await Promise.all(Array.from({ length: parallel }, takeTurns));
  context.signal.throwIfAborted();
  return outcomes;
};

/** Worst first: a fault of agentvm's own, then what needs the most of a person. */
const WORST_FIRST: readonly number[] = [
  ExitCode.unexpected,
  ExitCode.stalled,
  ExitCode.applyFailed,
  ExitCode.stalePlan,
  ExitCode.locked,
  ExitCode.approvalMissing,
  ExitCode.usage,
  ExitCode.changes,
];

/** The exit code of a command from those of its machines. */
export const worstOf = (codes: readonly number[]): number =>
  WORST_FIRST.find((code) => codes.includes(code)) ?? ExitCode.done;

export const exitCodeOf = (error: unknown): number =>
  error instanceof AgentvmError ? error.exitCode : ExitCode.unexpected;

/** Tells each failure with its machine, and gives the worst exit code. */
export const tellFailures = (context: Context, outcomes: readonly Outcome<unknown>[]): number => {
  const failed = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome]));
  for (const { name, error } of failed) context.io.stderr(`${name}:\n${renderError(error)}`);
  return worstOf(failed.map(({ error }) => exitCodeOf(error)));
};
