import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/drivers/fake/faults.ts';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { screenOf } from '../support/screen.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Keys, onTerminal } from '../support/terminal.ts';

// What a person at a terminal sees while `apply` is at work. The simulator is told to take its time.
const hasScript = (): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).includes('util-linux');
  } catch {
    return false;
  }
};

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const MANIFEST = 'apiVersion: agentvm/v1\nname: shop\ndriver: fake\n';

const world = async (faults: readonly Fault[], manifest = MANIFEST) => {
  const root = await tempFolder();
  const cwd = join(root, 'shop');
  const state = join(root, 'state/agentvm');
  await mkdir(cwd);
  await mkdir(state, { recursive: true });
  await writeFile(join(cwd, 'agentvm.yaml'), manifest);
  await writeFile(join(state, 'fake-faults.json'), JSON.stringify(faults));
  const env = { HOME: root, XDG_STATE_HOME: join(root, 'state') };
  const apply = (
    args: readonly string[],
    options: { readonly keys?: readonly Keys[]; readonly columns?: number } = {},
  ) => onTerminal([process.execPath, cli.entry, 'apply', ...args], { cwd, env, ...options });
  return { root, apply, state };
};

/** The screen from the plan's summary on, with every time the same. */
const tail = (output: string): string =>
  screenOf(output)
    .replace(/^[\s\S]*?(?=^Plan: )/m, '')
    .replaceAll(/\(\d+(?:ms|s)\)/g, '(TIME)');

describe.skipIf(!hasScript())('apply on a terminal', () => {
  test('each task shows how long it has been at work, and one line of it stays', async () => {
    const { root, apply } = await world([{ at: 'start.before', how: 'delay', forMs: 2300 }]);
    const { exitCode, output } = await apply(['--yes']);
    expect(output).toMatch(/start the machine \(1s\)[\s\S]*start the machine \(2s\)/);
    expect({ exitCode, screen: tail(output).replaceAll(root, 'ROOT') }).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "screen": "Plan: create the machine with 12 fields.
      ✔ prepare a layer of debian-12 (TIME)
      ✔ create the machine (TIME)
      ✔ start the machine (TIME)
      ✔ write the environment of sessions (TIME)
      ✔ record what was applied (TIME)
      shop is as ROOT/shop/agentvm.yaml declares: 5 steps done.
      ",
      }
    `);
  });

  test('asks first, and takes silence for no', async () => {
    const { apply, state } = await world([]);
    const question = /Carry this out\?|\(y\/N\)/;
    const refused = await apply([], { keys: [{ when: question, type: '\r' }] });
    expect(refused.exitCode).toBe(4);
    expect(await readdir(state)).not.toContain('machines');
    const granted = await apply([], { keys: [{ when: question, type: 'y\r' }] });
    expect(granted.exitCode).toBe(0);
  });

  test('a task that fails stays as failed, with what the program said', async () => {
    const { root, apply } = await world([{ at: 'create.before', how: 'fail' }]);
    const { exitCode, output } = await apply(['--yes']);
    expect({ exitCode, screen: tail(output).replaceAll(root, 'ROOT') }).toMatchInlineSnapshot(`
      {
        "exitCode": 7,
        "screen": "Plan: create the machine with 12 fields.
      ✔ prepare a layer of debian-12 (TIME)
      ✖ create the machine (TIME)
      agentvm: Could not create the machine: the simulator was told to fail at create.before
        → Take the fault out of ROOT/state/agentvm/fake-faults.json.
        → What was done is recorded; then run \`agentvm apply\` again.
      ",
      }
    `);
  });

  test('Ctrl-C in the middle ends it with a whole terminal, and the same command goes on', async () => {
    const { apply } = await world([{ at: 'start.before', how: 'delay', forMs: 60_000 }]);
    const { exitCode, output } = await apply(['--yes'], {
      keys: [{ when: /start the machine \(1s\)/, type: '\x03' }],
    });
    expect({ exitCode, screen: tail(output) }).toMatchInlineSnapshot(`
      {
        "exitCode": 130,
        "screen": "Plan: create the machine with 12 fields.
      ✔ prepare a layer of debian-12 (TIME)
      ✔ create the machine (TIME)
      ✖ start the machine (TIME)
      agentvm: interrupted; what was done is recorded, run the same command to go on
      ",
      }
    `);
    // The cursor was hidden and is shown again.
    expect(output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(output.lastIndexOf('\x1b[?25l'));
    expect((await apply(['--yes'])).exitCode).toBe(0);
  });

  test('a terminal that does not know its width gets plain lines', async () => {
    const { apply } = await world([]);
    const { exitCode, output } = await apply(['--yes'], { columns: 0 });
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      /\n\d\d:\d\d:\d\d start the machine …\r\n\d\d:\d\d:\d\d start the machine: done in /,
    );
  });
});
