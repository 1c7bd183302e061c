import { constants } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorObject } from 'ajv';
import { syncDir } from '../lib/atomic-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import { RELEASE } from '../lib/release.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { FieldId } from '../model/fields.ts';
import type { AppliedField, MachineId } from '../model/machine.ts';
import type { Step } from '../model/plan.ts';
import { readOwnFile } from './own-file.ts';
import { violationText } from './violation-text.ts';

/** What a step does to the applied fields: a value, or null where the field is no longer applied. */
export type FieldsPatch = Readonly<Record<FieldId, AppliedField | null>>;

/** One line of `journal.ndjson`. `apply` is 8 hex digits that are drawn for each apply. */
export type JournalEntry =
  | {
      readonly kind: 'begin';
      /** Of the journal; absent in those of the first releases, which is 1. */
      readonly format?: 1;
      readonly apply: string;
      readonly at: string;
      readonly steps: readonly string[];
    }
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

/** The format of the journal that this release writes. */
export const JOURNAL_FORMAT = 1;

/** A settled journal longer than this is set aside as `journal.previous.ndjson` before the next apply. */
const ROTATE_BYTES = 1024 * 1024;

export const journalPath = (paths: Paths, id: MachineId): string =>
  join(machineDir(paths, id), 'journal.ndjson');

const corrupt = (path: string, number: number, why: string, cause?: unknown): AgentvmError =>
  new AgentvmError({
    code: 'JOURNAL_CORRUPT',
    exitCode: ExitCode.stalled,
    message: `${path}:${number} ${why}`,
    hint: `Look at the machine (agentvm status), then set the journal aside: mv ${path} ${path}.broken`,
    cause,
  });

/** In the order of the schema's alternatives. */
const KINDS: readonly JournalEntry['kind'][] = ['begin', 'intent', 'done', 'undone', 'end'];

const parseLine = (path: string, line: string, number: number): JournalEntry => {
  let entry: { readonly kind?: unknown } | null;
  try {
    entry = JSON.parse(line) as { readonly kind?: unknown } | null;
  } catch (cause) {
    throw corrupt(path, number, 'is not JSON', cause);
  }
  if (!KINDS.some((kind) => kind === entry?.kind)) throw corrupt(path, number, 'is no entry of a journal');
  return entry as JournalEntry;
};

/** What follows the last end: there steps may be open. What stands before is history, in the format of its time. */
const unsettled = (entries: readonly JournalEntry[]): readonly JournalEntry[] =>
  entries.slice(entries.findLastIndex(({ kind }) => kind === 'end') + 1);

/** Where the entries of the last apply begin. */
const lastBegin = (entries: readonly JournalEntry[]): number =>
  Math.max(
    0,
    entries.findLastIndex((entry) => entry.kind === 'begin'),
  );

/** Why an entry is not one of its own kind, without what the other kinds have against it. */
const ownViolations = (
  { kind }: JournalEntry,
  errors: readonly ErrorObject[] | null | undefined,
): readonly ErrorObject[] =>
  (errors ?? []).filter(
    ({ schemaPath }) =>
      schemaPath.startsWith(`#/oneOf/${KINDS.indexOf(kind)}/`) ||
      schemaPath.startsWith('#/$defs/') ||
      (kind === 'intent' && !schemaPath.startsWith('#/oneOf')),
  );

/** A release that knows more than this one may leave what this one would not see, also when it has settled it. */
const refuseFuture = (path: string, entries: readonly JournalEntry[]): void => {
  for (const entry of entries) {
    const { format } = entry as { readonly format?: unknown };
    if (typeof format !== 'number' || format <= JOURNAL_FORMAT) continue;
    throw new AgentvmError({
      code: 'JOURNAL_FROM_FUTURE',
      exitCode: ExitCode.stalled,
      message: `${path} was written by a newer agentvm in format ${format}; this is agentvm ${RELEASE}, which knows formats up to ${JOURNAL_FORMAT}`,
      hint: 'Install the newer agentvm again: npm install -g agentvm@latest',
    });
  }
};

/** Holds what is not settled against the schema: on its word a step is looked at, done again or taken back. */
const checkUnsettled = async (path: string, entries: readonly JournalEntry[]): Promise<void> => {
  const open = unsettled(entries);
  if (open.length === 0) return;
  const { validate } = await import('./journal-validator.generated.js');
  const settled = entries.length - open.length;
  for (const [index, entry] of open.entries()) {
    if (!validate(entry)) {
      throw corrupt(path, settled + index + 1, violationText(ownViolations(entry, validate.errors)));
    }
  }
};

/**
 * All entries of a machine's journal; those after the last end are as the schema says. A last line without its newline
 * was torn by a crash before it was synced, so nothing was done on its word, and it is left out.
 * @throws AgentvmError JOURNAL_CORRUPT, JOURNAL_FROM_FUTURE (exit 8).
 */
export const readJournal = async (paths: Paths, id: MachineId): Promise<readonly JournalEntry[]> => {
  const path = journalPath(paths, id);
  const text = await readOwnFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    if (error instanceof AgentvmError) throw error;
    throw corrupt(path, 1, `cannot be read: ${error.message}`, error);
  });
  const entries = text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseLine(path, line, index + 1));
  refuseFuture(path, entries);
  await checkUnsettled(path, entries);
  return entries;
};

/** The step that was begun last and neither done nor undone, if there is one. Steps run one after the other. */
export const openIntent = (entries: readonly JournalEntry[]): OpenIntent | undefined => {
  let steps: readonly string[] = [];
  let open: OpenIntent | undefined;
  const last = unsettled(entries);
  for (const entry of last.slice(lastBegin(last))) {
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
  const last = unsettled(entries);
  const begin = last[lastBegin(last)];
  if (begin?.kind !== 'begin') return undefined;
  const { apply, steps } = begin;
  const done = new Set(last.flatMap((one) => (one.apply === apply && one.kind === 'done' ? one.step : [])));
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

/**
 * The snapshot that the first of the latest applies without an end took: the disk as it was before any of them changed
 * it. Undefined where the last apply has ended, or where none of them took one.
 */
export const snapshotBeforeStop = (entries: readonly JournalEntry[]): string | undefined => {
  let begun: string | undefined;
  let taken: string | undefined;
  for (const entry of unsettled(entries)) {
    if (entry.kind === 'intent') {
      begun = entry.step.action.kind === 'snapshot.take' ? entry.step.action.name : undefined;
    }
    if (entry.kind === 'done') taken ??= begun;
  }
  return taken;
};
