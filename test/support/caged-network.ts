import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { startHolder } from '../../src/keeper/holder.ts';
import { createHostResolver } from '../../src/keeper/network/host-resolver.ts';
import { openMachineNetwork } from '../../src/keeper/network/machine-network.ts';
import { enterNetworkAs } from '../../src/keeper/network/namespaces.ts';
import { machineFiles } from '../../src/keeper/protocol-files.ts';
import { makePrivateDir } from '../../src/lib/atomic-file.ts';
import { exec } from '../../src/lib/exec.ts';
import { type EgressSpec, OPEN_NETWORK } from '../../src/model/network.ts';
import { testContext } from './context.ts';
import { tempFolder } from './temp-folder.ts';

/** The port that a test's server within the namespace has in place of the guest's SSH server. */
export const GUEST_SSH_PORT = 4022;

/** The inner half as a file that a bare `node` runs. */
export const bundleInner = async (folder: string): Promise<string> => {
  const program = join(folder, 'inner.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/keeper/network/inner.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return program;
};

/** Egress rules that say nothing but what is given. */
export const egress = (given: Partial<EgressSpec>): EgressSpec => ({
  ...OPEN_NETWORK.egress,
  mode: 'allow',
  ...given,
});

/** The network of a machine without the machine: what runs by `inside` is where QEMU would be. */
export const cagedNetwork = async (
  rules: EgressSpec,
  env: Readonly<Record<string, string | undefined>> = {},
  resolver: { readonly servers?: readonly string[]; readonly hostsPath?: string } = {},
  /** By default this host's servers stand for another host's: a test has no other. */
  ownAddresses: () => readonly string[] = () => [],
) => {
  const root = await tempFolder();
  const context = testContext(root, { env: { HOME: root, PATH: process.env.PATH, ...env } });
  const files = machineFiles(context.paths, '0f0f0f0f-0000-4000-8000-000000000000');
  await makePrivateDir(files.dir);
  await mkdir(files.sockets, { recursive: true });
  const holder = await startHolder(context, files, { cage: true, wall: 'namespaces', command: ['true'] });
  onTestFinished(() => void process.kill(holder.pid, 'SIGKILL'));
  const innerProgram = await bundleInner(root);
  const logged: string[] = [];
  const open = () =>
    openMachineNetwork(context, {
      files,
      holderPid: holder.pid,
      guestSshPort: GUEST_SSH_PORT,
      innerProgram,
      spec: { egress: rules, secrets: [] },
      resolve: createHostResolver({ now: context.clock.now, ...resolver }),
      ownAddresses,
      valueOf: () => Promise.reject(new Error('there are no secrets')),
      log: (text) => logged.push(text),
    });
  const network = await open();
  onTestFinished(() => network.close());
  return {
    context,
    files,
    network,
    holderPid: holder.pid,
    logged,
    /** Another keeper's, after `network.close()`. */
    reopen: async () => {
      const again = await open();
      onTestFinished(() => again.close());
      return again;
    },
    /** Runs a script of Node's in the namespace, which prints what it finds. */
    inside: async (script: string): Promise<string> => {
      const [program = '', ...args] = enterNetworkAs(holder.pid, [process.execPath, '-e', script]);
      const { stdout, stderr } = await exec(program, args, { accept: 'any', timeoutMs: 20_000 });
      return (stdout + stderr).trim();
    },
  };
};
