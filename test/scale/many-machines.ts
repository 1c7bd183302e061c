import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BuiltCli, CliRun } from '../support/built-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Time of the processor, which other work on the host does not lengthen. */
export type Timed = CliRun & { readonly cpuMs: number };

/** Writes what the program used of the processor to a file, as sh's `times` tells it. */
const TIMED = 'file=$0; "$@"; code=$?; times >"$file"; exit $code';

/** The second line of `times`: user and system time of the children, such as `0m0.120s 0m0.030s`. */
const childrenMs = (text: string): number =>
  [...(text.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  );

/** A host with many machines, of as many documents in one file: copies of one that was applied, since applying takes longer. */
export type ManyMachines = {
  readonly growTo: (count: number) => Promise<void>;
  readonly run: (...args: readonly string[]) => Promise<Timed>;
};

const manifest = (name: string): string =>
  `apiVersion: agentvm/v1\nname: ${name}\ndriver: fake\nbase: {image: debian-12, packages: [git, jq, ripgrep]}\nresources: {memory: 1GiB}\nenv: {A: one}\n`;

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

export const manyMachines = async (cli: BuiltCli): Promise<ManyMachines> => {
  const root = await tempFolder();
  const env = { HOME: join(root, 'home') };
  const fleet = join(root, 'fleet');
  const machines = join(root, 'home/.local/state/agentvm/machines');
  const nameOf = (index: number): string => `machine-${String(index).padStart(4, '0')}`;
  const writeManifests = (number: number): Promise<void> => {
    const documents = Array.from({ length: number }, (_, index) => manifest(nameOf(index)));
    return writeFile(join(fleet, 'agentvm.yaml'), documents.join('---\n'));
  };
  const run = async (...args: readonly string[]): Promise<Timed> => {
    const file = join(root, 'times');
    const result = await cli.run(args, { cwd: fleet, env, through: ['sh', '-c', TIMED, file] });
    return { ...result, cpuMs: childrenMs(await readFile(file, 'utf8')) };
  };

  await mkdir(fleet);
  await writeManifests(1);
  expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
  const [id = ''] = await readdir(machines);
  const files = await readdir(join(machines, id));
  let count = 1;
  const addMachine = async (index: number): Promise<void> => {
    const dir = join(machines, idOf(index));
    await mkdir(dir);
    for (const file of files) {
      const text = await readFile(join(machines, id, file), 'utf8');
      const own = text.replaceAll(id, idOf(index)).replaceAll(nameOf(0), nameOf(index));
      await writeFile(join(dir, file), own, { mode: 0o600 });
    }
  };
  return {
    growTo: async (target) => {
      for (; count < target; count++) await addMachine(count);
      await writeManifests(count);
    },
    run,
  };
};
