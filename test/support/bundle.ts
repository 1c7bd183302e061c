import { build } from 'esbuild';

/** Bundles a program of test/support into one file that plain Node runs. */
export const bundleProgram = async (source: string, outfile: string): Promise<void> => {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
};
