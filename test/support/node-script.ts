import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

export type NodeScript = { readonly start: (args: readonly string[]) => ChildProcess };

/**
 * Bundles a TypeScript file of the tests so that a bare `node` runs it as a real process. Packages stay outside
 * the bundle, which therefore lies below the repository, where node finds them.
 */
export const nodeScript = async (file: string): Promise<NodeScript> => {
  const folder = await mkdtemp(join(import.meta.dirname, '../../.agentvm-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'script.mjs');
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  return {
    start: (args) => {
      const child = spawn(process.execPath, [outfile, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => {
        child.kill('SIGKILL');
      });
      return child;
    },
  };
};
