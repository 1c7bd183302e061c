import { expect, test } from 'vitest';
import { manifestProject } from '../support/manifest-project.ts';

const idleIn = async (text: string): Promise<unknown> => {
  const project = await manifestProject({ 'agentvm.yaml': `apiVersion: agentvm/v1\nlifecycle: ${text}\n` });
  return (await project.desired()).fields.get('lifecycle.idle')?.value;
};

test.each([
  ['{idle: {after: 30m}}', '30m', 'suspend'],
  ['{idle: {after: 1800s, action: suspend}}', '30m', 'suspend'],
  ['{idle: {after: 60m, action: stop}}', '1h', 'stop'],
  ['{idle: {after: 90s}}', '90s', 'suspend'],
  ['{idle: {after: 10s}}', '10s', 'suspend'],
])('%s is written in one way', async (text, after, action) => {
  expect(await idleIn(text)).toEqual({ after, action });
});

test('nothing is nothing', async () => {
  expect(await idleIn('{}')).toBeUndefined();
});

test('what is too short, or no time, is told at its place', async () => {
  const complaints = async (after: string): Promise<string> =>
    (
      await manifestProject({
        'agentvm.yaml': `apiVersion: agentvm/v1\nlifecycle: {idle: {after: ${after}}}\n`,
      })
    ).complaints();
  expect(await complaints('9s')).toMatchInlineSnapshot(`
    "agentvm.yaml:2:27: lifecycle.idle.after is too short to tell an unused machine from one between two commands
         2 | lifecycle: {idle: {after: 9s}}
           |                           ^^
      Use 10s or more.
    "
  `);
  expect(await complaints('1d')).toMatchInlineSnapshot(`
    "agentvm.yaml:2:27: lifecycle.idle.after: "1d" is not allowed
         2 | lifecycle: {idle: {after: 1d}}
           |                           ^^
      How long nobody has used it: a number and a unit, s, m or h, for example 30m; at least 10s.
    "
  `);
});
