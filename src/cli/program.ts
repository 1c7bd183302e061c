import type { Context } from '../lib/context.ts';
import type { Foreground } from '../lib/foreground.ts';
import { ownWords } from './guest-words.ts';

/**
 * Runs one command. The ways into the machine come first and by themselves: they are used a hundred times a day, and
 * their words belong to the guest's program, so that nothing here may parse them.
 * @returns the exit code: a documented one, or the guest program's own for run, exec and shell.
 */
export const runProgram = async (
  argv: readonly string[],
  context: Context,
  foreground: Foreground,
): Promise<number> => {
  const [command, ...rest] = argv;
  const words = command === 'run' || command === 'exec' ? ownWords(rest) : 'help';
  if (words !== 'help') {
    return command === 'run'
      ? (await import('./commands/run.ts')).run(context, foreground, words)
      : (await import('./commands/exec.ts')).exec(context, foreground, words);
  }
  return (await import('./command-line.ts')).runCommandLine(argv, context, foreground);
};
