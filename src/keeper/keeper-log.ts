import { appendFileSync, renameSync, statSync } from 'node:fs';

export type KeeperLog = (text: string) => void;

const LIMIT_BYTES = 1024 * 1024;

/** A log of one line an event; at 1 MiB the file becomes `.1` and a new one starts. Never throws. */
export const createKeeperLog = (path: string, now: () => Date): KeeperLog => {
  return (text) => {
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LIMIT_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${now().toISOString()} ${text.replaceAll('\n', '\n  ')}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not end the keeper.
    }
  };
};
