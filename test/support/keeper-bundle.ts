import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export type KeeperBundle = { readonly program: string; readonly remove: () => Promise<void> };

/** The keeper as one file that a bare `node` runs. `protocol` pretends another version of the protocol. */
export const bundleKeeper = async (protocol?: number): Promise<KeeperBundle> => {
  const folder = await mkdtemp(join(tmpdir(), 'agentvm-keeper-'));
  const program = join(folder, 'main.mjs');
  await build({
    entryPoints: {
      main: join(import.meta.dirname, '../../src/keeper/main.ts'),
      inner: join(import.meta.dirname, '../../src/keeper/network/inner.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins:
      protocol === undefined
        ? []
        : [
            {
              name: 'protocol-version',
              setup: ({ onLoad }) => {
                onLoad({ filter: /keeper\/protocol\.ts$/ }, async ({ path }) => {
                  const { readFile } = await import('node:fs/promises');
                  const source = await readFile(path, 'utf8');
                  const contents = source.replace(
                    /PROTOCOL_VERSION = \d+;/,
                    `PROTOCOL_VERSION = ${protocol};`,
                  );
                  if (contents === source) throw new Error('the version was not found');
                  return { contents, loader: 'ts' };
                });
              },
            },
          ],
  });
  return { program, remove: () => rm(folder, { recursive: true, force: true }) };
};
