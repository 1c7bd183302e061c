import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { machineDir, pathsFrom } from '../../src/lib/paths.ts';
import type { Step } from '../../src/model/plan.ts';
import {
  JOURNAL_FORMAT,
  type JournalEntry,
  journalPath,
  openIntent,
  openJournal,
  readJournal,
  rotateJournal,
} from '../../src/state/journal.ts';
import { failureOf } from '../support/failure.ts';
import { MACHINE_ID } from '../support/machine-state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const at = '2030-01-02T03:04:05.000Z';
const apply = '7f3a0000';
const step = (id: string): Step => ({
  id,
  action: { kind: 'machine.start' },
  strategy: 'live',
  after: [],
  fields: [],
  records: [],
  reason: { code: 'machine-stopped', text: 'it is stopped' },
  title: 'start it',
});
const begin: JournalEntry = { kind: 'begin', apply, at, steps: ['a', 'b'] };
const intent = (id: string): JournalEntry => ({ kind: 'intent', apply, at, step: step(id), patch: {} });
const done = (id: string): JournalEntry => ({ kind: 'done', apply, at, step: id });

const freshPaths = async () => {
  const paths = pathsFrom({ HOME: await tempFolder() });
  await mkdir(machineDir(paths, MACHINE_ID), { recursive: true });
  return paths;
};

const append = async (paths: Awaited<ReturnType<typeof freshPaths>>, entries: readonly JournalEntry[]) => {
  const journal = await openJournal(paths, MACHINE_ID);
  for (const entry of entries) await journal.append(entry);
  await journal.close();
};

test('entries are read as they were appended', async () => {
  const paths = await freshPaths();
  expect(await readJournal(paths, MACHINE_ID)).toEqual([]);
  await append(paths, [begin, intent('a')]);
  await append(paths, [done('a')]);
  expect(await readJournal(paths, MACHINE_ID)).toEqual([begin, intent('a'), done('a')]);
});

test.each<[string, readonly JournalEntry[], string | undefined]>([
  ['nothing', [], undefined],
  ['only a beginning', [begin], undefined],
  ['an intent', [begin, intent('a')], '1/2'],
  ['a done step', [begin, intent('a'), done('a')], undefined],
  ['the second intent', [begin, intent('a'), done('a'), intent('b')], '2/2'],
  ['an undone step', [begin, intent('a'), { kind: 'undone', apply, at, step: 'a', why: 'x' }], undefined],
  ['an end', [begin, intent('a'), done('a'), { kind: 'end', apply, at }], undefined],
])('open after %s', (_name, entries, expected) => {
  const open = openIntent(entries);
  expect(open && `${open.position}/${open.total}`).toBe(expected);
});

test('a torn last line is left out, and cut before the next entry', async () => {
  const paths = await freshPaths();
  await append(paths, [begin]);
  await appendFile(journalPath(paths, MACHINE_ID), '{"kind":"inte');
  expect(await readJournal(paths, MACHINE_ID)).toEqual([begin]);
  await append(paths, [intent('a')]);
  expect(await readJournal(paths, MACHINE_ID)).toEqual([begin, intent('a')]);
});

test('a broken line inside names its place', async () => {
  const paths = await freshPaths();
  const path = journalPath(paths, MACHINE_ID);
  await writeFile(path, `${JSON.stringify(begin)}\nnonsense\n${JSON.stringify(done('a'))}\n`);
  const error = await failureOf(readJournal(paths, MACHINE_ID));
  expect([error.code, error.message]).toEqual(['JOURNAL_CORRUPT', `${path}:2 is not JSON`]);
});

test('a long journal is set aside, but not while an intent in it is open', async () => {
  const paths = await freshPaths();
  const path = journalPath(paths, MACHINE_ID);
  await writeFile(path, `${JSON.stringify(begin)}\n`.repeat(20_000));
  await append(paths, [intent('a')]);
  await rotateJournal(paths, MACHINE_ID);
  expect(await readdir(machineDir(paths, MACHINE_ID))).toEqual(['journal.ndjson']);
  await append(paths, [done('a')]);
  await rotateJournal(paths, MACHINE_ID);
  await append(paths, [begin]);
  expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(begin)}\n`);
  expect((await readdir(machineDir(paths, MACHINE_ID))).sort()).toEqual([
    'journal.ndjson',
    'journal.previous.ndjson',
  ]);
});

const failureIn = async (lines: readonly unknown[]) => {
  const paths = await freshPaths();
  const path = journalPath(paths, MACHINE_ID);
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { code, exitCode, message, hint } = await failureOf(readJournal(paths, MACHINE_ID));
  return { code, exitCode, message: message.replaceAll(path, 'FILE'), hint: hint?.replaceAll(path, 'FILE') };
};

test('a line that is no entry is named with its number and the mend', async () => {
  expect(await failureIn([begin, { kind: 'intent', apply, at, patch: {} }])).toMatchInlineSnapshot(`
    {
      "code": "JOURNAL_CORRUPT",
      "exitCode": 8,
      "hint": "Look at the machine (agentvm status), then set the journal aside: mv FILE FILE.broken",
      "message": "FILE:2 has no 'step'",
    }
  `);
  for (const line of [null, 1, [], {}, { kind: 'dance' }, { kind: 'done', apply: 'x', at, step: 'a' }]) {
    expect(await failureIn([begin, line]), JSON.stringify(line)).toMatchObject({
      code: 'JOURNAL_CORRUPT',
      exitCode: 8,
      message: expect.stringMatching(/^FILE:2 (is|has) /),
    });
  }
});

test('what is settled may be of another format, what is open may not', async () => {
  const paths = await freshPaths();
  const strange = { kind: 'intent', apply, at, step: { id: 'a', action: { kind: 'of-the-past' } }, patch: 7 };
  await writeFile(
    journalPath(paths, MACHINE_ID),
    [strange, { kind: 'end', apply, at }, begin, intent('a')]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  expect(openIntent(await readJournal(paths, MACHINE_ID))?.position).toBe(1);
  expect((await failureIn([begin, strange])).code).toBe('JOURNAL_CORRUPT');
  expect(await failureIn([{ ...begin, format: JOURNAL_FORMAT + 1 }])).toEqual({
    code: 'JOURNAL_FROM_FUTURE',
    exitCode: 8,
    message:
      'FILE was written by a newer agentvm in format 2; this is agentvm 0.1.0, which knows formats up to 1',
    hint: 'Install the newer agentvm again: npm install -g agentvm@latest',
  });
});
