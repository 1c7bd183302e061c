import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { factsFrom, observeGuest } from '../../../src/guest/provision/observe.ts';
import type { AgentDefinition } from '../../../src/model/agent-definition.generated.ts';
import { localGuest } from '../../support/local-guest.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const AGENT: AgentDefinition = {
  apiVersion: 'agentvm-agent/v1',
  name: 'mine',
  install: { npm: 'mine', bin: 'mine' },
  version: { pattern: '^mine (\\S+)' },
};
const BOOT = 'boot\t08cf85ba-b770-4c89-9bb3-f60ab4c048ab\n';

test('facts are read from what the guest prints, and only those that were asked for', () => {
  const output = [
    'package\tjq\tamd64\tinstalled',
    'package\tgone\tamd64\tconfig-files',
    'package\tother\tamd64\tinstalled',
    'provides\tinstalled\tawk, editor (= 2)',
    'provides\tconfig-files\tmail',
    'agent\tmine\ta warning\x1fmine 1.2.3-beta\x1f',
    'agent\tevil\t9.9.9',
    'mount\t40 30 0:35 /workspace /home/ann/my\\040app\\011x rw,relatime - 9p agentvm rw',
    'mount\t41 30 0:35 / /run/agentvm/shares rw - 9p agentvm rw',
    'noise',
  ].join('\n');
  expect(
    factsFrom(
      {
        packages: ['jq', 'jq:amd64', 'jq:arm64', 'gone', 'awk', 'editor', 'mail', '__proto__'],
        agents: [AGENT],
      },
      BOOT + output,
    ),
  ).toEqual({
    bootId: '08cf85ba-b770-4c89-9bb3-f60ab4c048ab',
    packages: Object.fromEntries([
      ['jq', 'installed'],
      ['jq:amd64', 'installed'],
      ['jq:arm64', 'absent'],
      ['gone', 'absent'],
      ['awk', 'installed'],
      ['editor', 'installed'],
      ['mail', 'absent'],
      ['__proto__', 'absent'],
    ]),
    agents: { mine: '1.2.3-beta' },
    mounts: ['/home/ann/my app\tx'],
  });
});

test.each(['', 'boot\tnonsense\n', 'boot\n'])('an answer without a boot id (%j) is no answer', (output) => {
  expect(() => factsFrom({ packages: ['jq'], agents: [] }, output)).toThrow(
    'The machine did not say how it is',
  );
});

test('an agent that is not there has no version', () => {
  expect(factsFrom({ packages: [], agents: [AGENT] }, BOOT).agents).toEqual({ mine: null });
});

test('the probe itself runs in a plain shell and asks dpkg in one go', async () => {
  const root = await tempFolder();
  mkdirSync(join(root, 'bin'));
  const query = join(root, 'bin/dpkg-query');
  writeFileSync(
    query,
    `#!/bin/sh
case "$*" in
*Provides*) printf 'provides\\tinstalled\\tawk\\n' ;;
*) printf 'package\\tjq\\tamd64\\tinstalled\\n'; echo 'no packages found matching awk' >&2; exit 1 ;;
esac
`,
    { mode: 0o755 },
  );
  const guest = localGuest([join(root, 'bin')], { HOME: root });
  const facts = await observeGuest(guest, { packages: ['jq', 'awk', "it's"], agents: [AGENT] });
  expect(facts).toEqual({
    bootId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    packages: { jq: 'installed', awk: 'installed', "it's": 'absent' },
    agents: { mine: null },
    mounts: expect.any(Array),
  });

  // A package manager that fails is no list of absent packages.
  rmSync(query);
  writeFileSync(query, '#!/bin/sh\nexit 2\n', { mode: 0o755 });
  await expect(observeGuest(guest, { packages: ['jq'], agents: [] })).rejects.toMatchObject({
    code: 'OBSERVATION_FAILED',
  });
});
