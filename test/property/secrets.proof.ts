import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { faultsPath } from '../../src/drivers/fake/faults.ts';
import { renderError } from '../../src/ui/error-text.ts';
import { testContext } from '../support/context.ts';
import { proofSize } from '../support/proof-size.ts';
import { tempFolder } from '../support/temp-folder.ts';

const RUNS = proofSize(100, 1000);

/** Values as tokens and passwords are, and some that are hard to quote; none is in a name or a message by chance. */
const secret = fc
  .tuple(
    fc.constantFrom(
      'ghp_',
      'sk-ant-api03-',
      'AKIA',
      'xoxb-',
      'p@ss w0rd ',
      '-----BEGIN KEY----- ',
      "it's $(a) ",
    ),
    fc.stringMatching(/^[A-Za-z0-9]{16,24}$/),
  )
  .map(([prefix, rest]) => ({ value: `${prefix}${rest}`, rest }));

const name = fc.constantFrom('TOKEN', 'PASSWORD', 'API_KEY', 'A');

const situations = fc.record({
  env: fc.dictionary(name, secret, { minKeys: 1 }),
  file: fc.dictionary(name, secret, { minKeys: 1 }),
  later: secret,
  fault: fc.constantFrom(
    undefined,
    'guest.writeEnvironment.before',
    'guest.writeEnvironment.after',
    'start.after',
    'guest.observe.before',
  ),
  /** A mistake in the manifest, whose line is then shown. */
  mistake: fc.constantFrom('', 'resources: {memory: 8GX}\n', 'nonsense: 1\n'),
});

const COMMANDS: readonly (readonly string[])[] = [
  ['plan'],
  ['plan', '--json'],
  ['plan', '--out', 'saved.json'],
  ['apply', '--yes', '--json'],
  ['apply', '--yes'],
  ['status', '--json'],
  ['list', '--json'],
  ['drift', '--json'],
  ['drift', '--deep'],
];

const filesBelow = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries
    // The simulated guest itself: what sessions are given is in there.
    .filter((entry) => entry.isFile() && entry.name !== 'fake.json')
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
};

test(`${RUNS} manifests with secrets in env and envFile: no output, document, journal or error shows one`, async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(situations, async ({ env, file, later, fault, mistake }) => {
      const root = await tempFolder();
      const cwd = join(root, 'project');
      await mkdir(cwd);
      const context = testContext(root, { cwd });
      const lines = (values: Readonly<Record<string, { value: string }>>, quote: (text: string) => string) =>
        Object.entries(values).map(([key, { value }]) => `${key}${quote(value)}`);
      const write = async (values: typeof env, extra: string): Promise<void> => {
        const text = lines(values, (value) => `: ${JSON.stringify(value)}`).join('\n  ');
        await writeFile(
          join(cwd, 'agentvm.yaml'),
          `apiVersion: agentvm/v1\nname: shop\ndriver: fake\nbase: {image: debian-12}\nenvFile: [.env.agent]\nenv:\n  ${text}\n${extra}`,
        );
      };
      await writeFile(
        join(cwd, '.env.agent'),
        `${lines(file, (value) => `=${JSON.stringify(value)}`).join('\n')}\n`,
      );
      let told = '';
      const run = async (args: readonly string[]): Promise<void> => {
        try {
          await runCommandLine(args, context, { stdin: () => process.stdin, onSignal: () => () => {} });
        } catch (error) {
          told += error instanceof Error ? `${renderError(error as never)}\n${error.stack}\n` : String(error);
        }
      };
      await write(env, mistake);
      await run(['validate']);
      await write(env, '');
      await mkdir(context.paths.state, { recursive: true });
      if (fault !== undefined) {
        await writeFile(faultsPath(context), JSON.stringify([{ at: fault, how: 'fail' }]));
      }
      for (const command of COMMANDS) await run(command);
      await write({ ...env, A: later }, '');
      for (const command of COMMANDS) await run(command);

      const output = `${context.written.stdout}\n${context.written.stderr}\n${told}\n${await filesBelow(join(root, '.local'))}`;
      const saved = await readFile(join(cwd, 'saved.json'), 'utf8').catch(() => '');
      // One line of a broken manifest is shown as it is: it is not a value of env.
      for (const { rest } of [...Object.values(env), ...Object.values(file), later]) {
        expect(output + saved).not.toContain(rest);
      }
      // A test in which nothing was done would find nothing.
      if (output.includes('shop') && output.includes('env[')) seen += 1;
    }),
    { numRuns: RUNS },
  );
  expect(seen).toBeGreaterThan(RUNS / 2);
});
