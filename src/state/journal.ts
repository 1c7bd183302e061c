import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDir } from '../lib/atomic-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { FieldId } from '../model/fields.ts';
import type { AppliedField, MachineId } from '../model/machine.ts';
import type { Step } from '../model/plan.ts';

/** What a step does to the applied fields: a value, or null where the field is no longer applied. */
export type FieldsPatch = Readonly<Record<FieldId, AppliedField | null>>;

/** One line of `journal.ndjson`. `apply` is 8 hex digits that are drawn for each apply. */
export type JournalEntry =
  | { readonly kind: 'begin'; readonly apply: string; readonly at: string; readonly steps: readonly string[] }
  | {
      readonly kind: 'intent';
      readonly apply: string;
      readonly at: string;
      readonly step: Step;
      readonly patch: FieldsPatch;
    }
  | { readonly kind: 'done'; readonly apply: string; readonly at: string; readonly step: string }
  | {
      readonly kind: 'undone';
      readonly apply: string;
      readonly at: string;
      readonly step: string;
      readonly why: string;
    }
  | { readonly kind: 'end'; readonly apply: string; readonly at: string };

/** A step that was begun and of which the journal knows no end. */
export type OpenIntent = {
  readonly apply: string;
  readonly step: Step;
  readonly patch: FieldsPatch;
  /** 1-based place of the step in its apply, and how many that had. */
  readonly position: number;
  readonly total: number;
};

export type Journal = {
  readonly append: (entry: JournalEntry) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A settled journal longer than this is set aside as `journal.previous.ndjson` before the next apply. */
const ROTATE_BYTES = 1024 * 1024;

export const journalPath = (paths: Paths, id: MachineId): string =>
  join(machineDir(paths, id), 'journal.ndjson');

const parseLine = (path: string, line: string, number: number): JournalEntry => {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch (cause) {
    throw new AgentvmError({
      code: 'JOURNAL_CORRUPT',
      exitCode: ExitCode.stalled,
      message: `${path}:${number} is not JSON`,
      hint: `Look at the machine (agentvm status), then set the journal aside: mv ${path} ${path}.broken`,
      cause,
    });
  }
};

/**
 * All entries of a machine's journal. A last line without its newline was torn by a crash before it was synced,
 * so nothing was done on its word, and it is left out.
 * @throws AgentvmError JOURNAL_CORRUPT (exit 8).
 */
export const readJournal = async (paths: Paths, id: MachineId): Promise<readonly JournalEntry[]> => {
  const path = journalPath(paths, id);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseLine(path, line, index + 1));
};

/** The step that was begun last and neither done nor undone, if there is one. Steps run one after the other. */
export const openIntent = (entries: readonly JournalEntry[]): OpenIntent | undefined => {
  let steps: readonly string[] = [];
  let open: OpenIntent | undefined;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'begin':
        steps = entry.steps;
        break;
      case 'intent':
        open = {
          apply: entry.apply,
          step: entry.step,
          patch: entry.patch,
          position: steps.indexOf(entry.step.id) + 1,
          total: steps.length,
        };
        break;
      case 'done':
      case 'undone':
        open = undefined;
        break;
      case 'end':
        break;
    }
  }
  return open;
};

/** Where an apply stopped that has no end. */
export type StoppedApply = {
  readonly apply: string;
  /** Id of the first step that is not done. */
  readonly step: string;
  /** 1-based. */
  readonly position: number;
  readonly total: number;
};

/** The last apply, if it stopped before one of its steps was done: killed, or ended by a step that failed. */
export const stoppedApply = (entries: readonly JournalEntry[]): StoppedApply | undefined => {
  const begin = entries.findLast((entry) => entry.kind === 'begin');
  if (begin === undefined) return undefined;
  const { apply, steps } = begin;
  const done = new Set(
    entries.flatMap((one) => (one.apply === apply && one.kind === 'done' ? one.step : [])),
  );
  const step = steps.find((id) => !done.has(id));
  return step === undefined
    ? undefined
    : { apply, step, position: steps.indexOf(step) + 1, total: steps.length };
};

const cutTornLine = async (handle: FileHandle): Promise<void> => {
  const content = await handle.readFile();
  const whole = content.lastIndexOf('\n') + 1;
  if (whole < content.length) await handle.truncate(whole);
};

/** Sets a long journal aside, unless an intent in it is open. The caller holds the machine's lock. */
export const rotateJournal = async (paths: Paths, id: MachineId): Promise<void> => {
  const path = journalPath(paths, id);
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return;
  const { size } = await handle.stat().finally(() => handle.close());
  if (size <= ROTATE_BYTES || openIntent(await readJournal(paths, id)) !== undefined) return;
  await rename(path, join(machineDir(paths, id), 'journal.previous.ndjson'));
};

/** Opens a machine's journal for appending; each entry is on disk when `append` returns. The caller holds the machine's lock. */
export const openJournal = async (paths: Paths, id: MachineId): Promise<Journal> => {
  const { O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW } = constants;
  const handle = await open(journalPath(paths, id), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
  await cutTornLine(handle);
  await syncDir(machineDir(paths, id));
  return {
    append: async (entry) => {
      await handle.appendFile(`${JSON.stringify(entry)}\n`);
      await handle.datasync();
    },
    close: () => handle.close(),
  };
};
