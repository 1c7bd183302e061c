import type { Context } from '../lib/context.ts';

/** `ss -Hltnp` names programs as `users:(("node",pid=12,fd=3))`. */
const SS_USER = /users:\(\("([^"]+)",pid=(\d+)/;

/** Who listens on a TCP port of this host, for people: `node (process 12)`; undefined when it cannot be found. */
export const findPortHolder = async (context: Context, port: number): Promise<string | undefined> => {
  const isMac = process.platform === 'darwin';
  const result = await (isMac
    ? context.exec('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
        accept: 'any',
        timeoutMs: 3000,
      })
    : context.exec('ss', ['-Hltnp', `sport = :${port}`], { accept: 'any', timeoutMs: 3000 })
  ).catch(() => undefined);
  if (result === undefined) return undefined;
  if (isMac) {
    const pid = /^p(\d+)$/m.exec(result.stdout)?.[1];
    const name = /^c(.+)$/m.exec(result.stdout)?.[1];
    return pid === undefined ? undefined : `${name ?? 'a program'} (process ${pid})`;
  }
  const [, name, pid] = SS_USER.exec(result.stdout) ?? [];
  return pid === undefined ? undefined : `${name} (process ${pid})`;
};
