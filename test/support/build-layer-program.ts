import { ensureLayer } from '../../src/images/ensure-layer.ts';
import { testContext } from './context.ts';

/** Builds the layer of debian-12 in the folder that is its argument, and prints each stage as a line. */
const [root = ''] = process.argv.slice(2);
await ensureLayer(
  testContext(root, {
    env: process.env,
    progress: { task: (_title, work) => work({ update: (text) => console.log(text) }) },
  }),
  { image: { name: 'debian-12' }, arch: process.arch === 'arm64' ? 'aarch64' : 'x86_64', packages: [] },
);
