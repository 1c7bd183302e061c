import { expect, test } from 'vitest';
import { sessionsIn } from '../../../src/guest/provision/sessions.ts';

const RUNNER = '/usr/local/lib/agentvm/session';
const ID = '0123456789abcdef0123456789abcdef';

/** Command lines as /proc shows them, each followed by an empty word. */
const printed = (...lines: readonly (readonly string[])[]): string =>
  lines.map((words) => `${words.join('\0')}\0\0`).join('');

test('the programs of people are told by their names, and neither their arguments nor agentvm itself', () => {
  const output = printed(
    ['/bin/sh', RUNNER, 'run', ID, '/home/ada/my-app', 'TERM=xterm', '--', '/opt/bin/claude', '--resume', ''],
    ['/bin/sh', RUNNER, 'shell', ID, '/home/ada/my-app', '--'],
    ['/bin/sh', RUNNER, 'typed', ID, '/', '--', 'make'],
    ['/bin/sh', RUNNER, 'plain', ID, '/', '--', 'sh', '-c', 'grep'],
    ['grep', '-azlsxF', '-e', RUNNER, '/proc/1/cmdline'],
    ['sh', '-c', 'script', 'sh', RUNNER],
  );
  expect(sessionsIn(output)).toEqual(['claude', 'shell', 'shell']);
});

test('what a hostile guest prints is bounded and cannot move the cursor', () => {
  const long = `\x1b[2J${'x'.repeat(500)}\nfake`;
  const [name = ''] = sessionsIn(printed(['/bin/sh', RUNNER, 'run', ID, '/', '--', long]));
  expect([name.length, name.includes('\x1b'), name.includes('\n')]).toEqual([40, false, false]);
  expect(sessionsIn('\0\0\0\0garbage\0\0')).toEqual([]);
});
