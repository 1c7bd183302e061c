import type { Context } from '../../lib/context.ts';
import type { Foreground } from '../../lib/foreground.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Strategy } from '../../model/plan.ts';
import type { WatchEvent, WatchOutcome } from '../../model/watch.ts';
import { watchText } from '../../ui/watch-text.ts';
import { composePorts } from '../compose.ts';
import { loadDeclaration } from '../declaration.ts';
import { checkHostFor } from '../host-check.ts';
import type { Selection } from '../selection.ts';
import { showPlan } from '../show-plan.ts';
import { watchProgress } from '../watch-progress.ts';

export type WatchOptions = Selection & {
  readonly allow?: Strategy;
  readonly once?: boolean;
  readonly json?: boolean;
};

const ALLOWED: Strategy = 'reapply';

/** Worst first: what needs the most of a person. */
const EXIT_CODES: readonly (readonly [WatchOutcome, number])[] = [
  ['stalled', ExitCode.stalled],
  ['failed', ExitCode.applyFailed],
  ['pending', ExitCode.approvalMissing],
  ['suspended', ExitCode.approvalMissing],
  ['invalid', ExitCode.usage],
];

const exitCodeOf = (outcomes: readonly WatchOutcome[]): number =>
  EXIT_CODES.find(([outcome]) => outcomes.includes(outcome))?.[1] ?? ExitCode.done;

/** Prints events one after the other; a plan that waits is shown below its line. */
const printer = (context: Context, json: boolean): ((event: WatchEvent) => void) => {
  let last: Promise<void> = Promise.resolve();
  const textOf = watchText(context.cwd);
  const print = async (event: WatchEvent): Promise<void> => {
    const text = json ? `${JSON.stringify(event)}\n` : textOf(event);
    const plan = event.event === 'pending' && !json ? await showPlan(context, event.plan) : '';
    context.io.stdout(text + plan.replaceAll(/^(?=.)/gm, '  '));
  };
  return (event) => {
    last = last.then(() => print(event));
  };
};

type Stop = { readonly stop: AbortSignal; readonly hard: AbortSignal; readonly code: () => number };

/** The first signal ends the watch after the step that runs, the second one ends the step too. */
const stopBySignal = (foreground: Foreground): Stop & { readonly release: () => void } => {
  const soft = new AbortController();
  const hard = new AbortController();
  let code: number = ExitCode.done;
  const release = foreground.onSignal((signal) => {
    if (signal === 'SIGUSR1' || signal === 'SIGUSR2') return;
    if (soft.signal.aborted) hard.abort(new DOMException('interrupted', 'AbortError'));
    code = signal === 'SIGINT' ? ExitCode.interrupted : ExitCode.terminated;
    soft.abort(new DOMException('interrupted', 'AbortError'));
  });
  return { stop: soft.signal, hard: hard.signal, code: () => code, release };
};

/** Keeps machines as their manifests say until it is stopped. */
export const watchMachines = async (
  context: Context,
  foreground: Foreground,
  options: WatchOptions,
): Promise<number> => {
  const { watch } = await import('../../engine/watch/watch.ts');
  const { WATCH_TIMES } = await import('../../engine/watch/request.ts');
  const { stop, hard, code, release } = stopBySignal(foreground);
  const own: Context = {
    ...context,
    signal: hard,
    progress: watchProgress(
      () => performance.now(),
      (text) => {
        if (!options.json) context.io.stderr(`${context.clock.now().toISOString().slice(11, 19)} ${text}\n`);
      },
    ),
  };
  try {
    const outcomes = await watch(own, composePorts(), {
      load: () => loadDeclaration(own, options),
      allow: options.allow ?? ALLOWED,
      once: options.once ?? false,
      checkHost: (plan) => checkHostFor(own, plan),
      onEvent: printer(context, options.json ?? false),
      stop,
      times: WATCH_TIMES,
    });
    return stop.aborted ? code() : exitCodeOf(outcomes);
  } finally {
    release();
  }
};
