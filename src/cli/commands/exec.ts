import type { Context } from '../../lib/context.ts';
import type { Foreground } from '../../lib/foreground.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { GuestWords } from '../guest-words.ts';
import type { Selection } from '../selection.ts';
import { connect, findMachineOf, guestFolder } from '../target.ts';
import { tellUnsetSecrets } from '../unset-secrets.ts';

/**
 * Runs a program in the running machine, in the folder that stands for the current one.
 * @returns the program's own exit code.
 */
export const exec = async (context: Context, foreground: Foreground, words: GuestWords): Promise<number> => {
  const [program, ...args] = words.words;
  if (program === undefined) {
    throw new AgentvmError({
      code: 'USAGE',
      exitCode: ExitCode.usage,
      message: 'agentvm exec needs a program to run',
      hint: 'For example: agentvm exec git status. For a shell: agentvm shell.',
    });
  }
  return session(context, foreground, words, [program, ...args]);
};

/** Opens the user's login shell. */
export const shell = async (context: Context, foreground: Foreground, options: Selection): Promise<number> =>
  session(context, foreground, options, 'login-shell');

const session = async (
  context: Context,
  foreground: Foreground,
  selection: Selection,
  program: 'login-shell' | readonly [string, ...string[]],
): Promise<number> => {
  const machine = await findMachineOf(context, selection);
  const [target, cwd, { runSession }] = await Promise.all([
    connect(context, machine),
    guestFolder(context, machine.state),
    import('../../guest/session.ts'),
  ]);
  await tellUnsetSecrets(context, machine);
  return runSession(context, target, { program, cwd }, foreground);
};
