import { exec } from '../../src/lib/exec.ts';
import type { Guest } from '../../src/model/guest.ts';

/**
 * A guest that is this host, without a connection: runs the programs that a part sends to a guest as they are, as
 * ourselves. `path` names folders that are looked in before the usual ones, so that a test brings its own apt-get.
 */
export const localGuest = (path: readonly string[] = [], env: Record<string, string> = {}): Guest => ({
  exec: (argv, options = {}) => {
    const [file = 'true', ...args] = argv;
    return exec(file, args, {
      accept: 'any',
      env: { ...env, PATH: [...path, process.env.PATH].join(':') },
      ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    });
  },
});
