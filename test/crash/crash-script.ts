import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build, type Plugin } from 'esbuild';
import type { Wish } from '../support/desired.ts';
import type { Point } from './crashing-fs.ts';

export type CrashRun = {
  readonly action: 'apply' | 'remove' | 'restart' | 'trash' | 'restore' | 'rollback';
  readonly wish: Wish;
  /** Index of the point to end at; runs to its end where absent. */
  readonly at?: number;
  readonly tear?: boolean;
};

export type CrashScript = {
  /** Runs the program in a world and returns the points that it told. */
  readonly run: (root: string, run: CrashRun) => Promise<{ points: readonly Point[]; isKilled: boolean }>;
  readonly remove: () => Promise<void>;
};

const CRASHING_FS = join(import.meta.dirname, 'crashing-fs.ts');

/** Every module but the stand-in itself gets the stand-in for `node:fs/promises`. */
const crashingFs: Plugin = {
  name: 'crashing-fs',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^node:fs\/promises$/ }, ({ importer, path }) =>
      importer === CRASHING_FS ? { path, external: true } : { path: CRASHING_FS },
    );
  },
};

/** Bundles the program once, so that a bare `node` starts it quickly. */
export const crashScript = async (): Promise<CrashScript> => {
  const folder = await mkdtemp(join(import.meta.dirname, '../../.agentvm-test-'));
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'program.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    plugins: [crashingFs],
  });
  return {
    run: async (root, { action, wish, at = 0, tear = false }) => {
      const args = [outfile, root, action, JSON.stringify(wish), String(at), tear ? 'tear' : 'kill'];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [output, [exitCode, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      if (signal === null && exitCode !== 0) throw new Error(`the program exited with ${exitCode}`);
      const lines = output.split('\n').filter((line) => line !== '');
      return { points: lines.map((line) => JSON.parse(line) as Point), isKilled: signal === 'SIGKILL' };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
