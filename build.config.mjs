// Bundles the command line, the keeper and the library into dist/, with every dependency inside: one file to read at
// start-up costs a third of resolving a tree of small ones, and an installed agentvm needs nothing from a registry.
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    'cli/main': 'src/cli/main.ts',
    'keeper/main': 'src/keeper/main.ts',
    'keeper/inner': 'src/keeper/network/inner.ts',
    index: 'src/index.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  legalComments: 'linked',
  // Names stay as they are, for the stack traces of our bugs; the rest of the size is time at start-up.
  minifyWhitespace: true,
  minifySyntax: true,
  // Some dependencies are CommonJS and ask for node's own modules through require.
  banner: {
    js: "import { createRequire as agentvmRequire } from 'node:module'; const require = agentvmRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod('dist/cli/main.js', 0o755);
