import { expect, test } from 'vitest';
import type { RollbackOffer } from '../../src/model/snapshot.ts';
import { rollbackText } from '../../src/ui/rollback-text.ts';
import { snapshotsText } from '../../src/ui/snapshots-text.ts';

const OFFER: RollbackOffer = {
  machine: 'my-app',
  name: 'auto-7f3a',
  at: '2030-01-02T03:04:05.678Z',
  power: 'running',
  lost: ['base.packages[jq]', 'base.scripts[scripts/10-tools.sh]'],
  sessions: ['claude', 'shell'],
  keepAs: 'auto-1b2c',
};

test('a rollback says what stops, what goes, what is done again and what stays', () => {
  expect(rollbackText(OFFER)).toMatchInlineSnapshot(`
    "Rolling my-app back to the snapshot auto-7f3a of 2030-01-02 03:04:05 (UTC):
      The machine restarts, which ends 2 sessions: claude, shell.
      Everything written to its disk since then goes: all files but those of the project and of mounts.
      Applied since, and done again by the next apply: base.packages[jq], base.scripts[scripts/10-tools.sh].
      What is on the disk now is kept for a while as the snapshot auto-1b2c.
    "
  `);
});

test('a rollback of a stopped machine without room says that nothing is kept', () => {
  const { keepAs: _, ...offer } = OFFER;
  expect(rollbackText({ ...offer, power: 'stopped', sessions: [], lost: [] })).toMatchInlineSnapshot(`
    "Rolling my-app back to the snapshot auto-7f3a of 2030-01-02 03:04:05 (UTC):
      Everything written to its disk since then goes: all files but those of the project and of mounts.
      What is on the disk now is lost for good: no snapshot of it is taken.
    "
  `);
});

test.each([
  [null, 'The machine restarts; whether somebody works in it could not be found out.'],
  [[], 'The machine restarts; nobody works in it now.'],
  [['claude'], 'The machine restarts, which ends 1 session: claude.'],
])('sessions %j are told', (sessions, line) => {
  expect(
    rollbackText({ ...OFFER, sessions })
      .split('\n')[1]
      ?.trim(),
  ).toBe(line);
});

test('snapshots are a table, oldest first, with what they take', () => {
  expect(
    snapshotsText({
      kind: 'snapshots',
      version: 1,
      machine: { id: '0', name: 'my-app' },
      retention: { keep: 3, maxBytes: 20 * 1024 ** 3 },
      snapshots: [
        {
          name: 'before-upgrade',
          at: '2030-01-02T03:04:05.678Z',
          sizeBytes: 1.2 * 1024 ** 3,
          isAutomatic: false,
        },
        { name: 'auto-7f3a', at: null, sizeBytes: 40 * 1024 ** 2, isAutomatic: true },
      ],
    }),
  ).toMatchInlineSnapshot(`
    "NAME            TAKEN (UTC)          TAKES    GOES
    before-upgrade  2030-01-02 03:04:05  1.2 GiB  when deleted
    auto-7f3a       unknown              40 MiB   by itself
    1.2 GiB of 20 GiB; of agentvm's own the newest 3 are kept. Roll back with: agentvm rollback NAME
    "
  `);
});
