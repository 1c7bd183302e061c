import { ensureLayer } from '../../src/images/ensure-layer.ts';
import { pathsFrom } from '../../src/lib/paths.ts';
import type { Layer } from '../../src/model/layer.ts';
import { testContext } from './context.ts';

/** The layer that a machine without packages of its own has, kept with this user's data from run to run. */
export const realLayer = (env: NodeJS.ProcessEnv = process.env): Promise<Layer> =>
  ensureLayer(testContext('/', { env, paths: pathsFrom(env) }), {
    image: { name: 'debian-12' },
    arch: process.arch === 'arm64' ? 'aarch64' : 'x86_64',
    packages: [],
  });
