import { isAbsolute } from 'node:path';
import type { Context } from '../../lib/context.ts';
import type { ExecOptions, ExecResult } from '../../lib/exec.ts';
import { isWithin } from '../../lib/is-within.ts';

const NPM_HINT = 'Install Node.js with npm, and see that the npm registry answers: `npm ping`.';

/** The PATH without folders that the guest can write to, such as the project's node_modules/.bin. */
export const hostPath = (context: Context, projectDir: string): string =>
  (context.env.PATH ?? '/usr/local/bin:/usr/bin:/bin')
    .split(':')
    .filter((folder) => isAbsolute(folder) && !isWithin(projectDir, folder))
    .join(':');

/** Runs the host's npm in a folder of ours, so that no .npmrc of the project has a say. */
export const npm = (
  context: Context,
  projectDir: string,
  args: readonly string[],
  options: ExecOptions & { readonly cwd: string },
): Promise<ExecResult> =>
  // What npm says is read and shown; a caller's own npm settings must not silence it.
  context.exec('npm', ['--loglevel=error', ...args], {
    signal: context.signal,
    hint: NPM_HINT,
    ...options,
    env: { PATH: hostPath(context, projectDir), ...options.env },
  });
