import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const report = (passed: number, failed: number) =>
  JSON.stringify({
    testResults: [],
    numPassedTests: passed,
    numFailedTests: failed,
    numTotalTests: passed + failed,
    numPendingTests: 0,
    numTodoTests: 0,
  });

/** What the closing lines of a run of all tests say. */
const closing = async (checks: string, reports: Readonly<Record<string, string>>) => {
  const folder = await tempFolder();
  for (const [name, text] of Object.entries(reports)) await writeFile(join(folder, name), text);
  const files = ['a.json', 'b.json'].map((name) => join(folder, name));
  const { status, stdout } = spawnSync(process.execPath, ['test/summary.mjs', checks, ...files], {
    encoding: 'utf8',
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
};

test.each([
  ['all is well', 'passed', { 'a.json': report(2, 0), 'b.json': report(3, 0) }, 0, '6 passed, 0 failed'],
  ['a check failed', 'failed', { 'a.json': report(2, 0), 'b.json': report(3, 0) }, 1, '5 passed, 1 failed'],
  ['a test failed', 'passed', { 'a.json': report(2, 1), 'b.json': report(3, 0) }, 1, '6 passed, 1 failed'],
  ['a run was ended before it told', 'passed', { 'a.json': report(2, 0) }, 1, '3 passed, 1 failed'],
  [
    'a run had no tests',
    'passed',
    { 'a.json': report(2, 0), 'b.json': report(0, 0) },
    1,
    '3 passed, 1 failed',
  ],
])('the closing line when %s', async (_what, checks, reports, status, last) => {
  expect(await closing(checks, reports as Record<string, string>)).toEqual({ status, last });
});
