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

const NOTES_KEPT = 20;

/** What a person should know, newest last; each is in the log too. */
export const createNotes = (
  log: KeeperLog,
): { readonly note: (text: string) => void; readonly notes: () => readonly string[] } => {
  let kept: readonly string[] = [];
  return {
    note: (text) => {
      log(text);
      kept = [...kept, text].slice(-NOTES_KEPT);
    },
    notes: () => kept,
  };
};
