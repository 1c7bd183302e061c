import { styleText } from 'node:util';
import type { Context } from '../lib/context.ts';
import type { Plan } from '../model/plan.ts';
import type { Paint } from '../reconcile/plan-text.ts';

const STYLES = {
  name: 'bold',
  '+': 'green',
  '~': 'yellow',
  '-': 'red',
  '!': 'magenta',
  cost: 'cyan',
  blocked: 'red',
  grant: 'magenta',
  command: 'bold',
} as const;

/** Colour repeats what the symbols say, on a terminal that wants it (https://no-color.org). */
export const paintFor = (context: Context, isTerminal: boolean): Paint | undefined =>
  !isTerminal || context.env.NO_COLOR || context.env.TERM === 'dumb'
    ? undefined
    : (part, text) => styleText(STYLES[part], text, { validateStream: false });

/** A plan as text, for stdout, or for stderr where it is only shown on the way. */
export const showPlan = async (
  context: Context,
  plan: Plan,
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<string> => {
  const { planText } = await import('../reconcile/plan-text.ts');
  const paint = paintFor(context, context.io.isTerminal[stream]);
  return planText(plan, {
    now: context.clock.now().toISOString(),
    home: context.paths.home,
    ...(paint === undefined ? {} : { paint }),
  });
};

/** The same where the next command is known, or stands further down. */
export const withoutRunLine = (text: string): string => text.replace(/\nRun: [^\n]*\n$/, '\n');
