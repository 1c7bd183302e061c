/**
 * The gate of a caged machine in a process of its own, as the keeper has it, without QEMU: `ROOT INNER EGRESS SERVER
 * [HOLDER]` (the inner half's file, rules as JSON, the resolver's `ADDRESS:PORT`, namespaces that are there already).
 * Answers each line on stdin with a line of JSON; ends with stdin.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { startHolder } from '../../src/keeper/holder.ts';
import { createHostResolver } from '../../src/keeper/network/host-resolver.ts';
import { openMachineNetwork } from '../../src/keeper/network/machine-network.ts';
import { machineFiles } from '../../src/keeper/protocol-files.ts';
import { makePrivateDir } from '../../src/lib/atomic-file.ts';
import { testContext } from './context.ts';

const [root = '', innerProgram = '', rules = '', server = '', held] = process.argv.slice(2);
const context = testContext(root, { env: { HOME: root, PATH: process.env.PATH } });
const files = machineFiles(context.paths, '0f0f0f0f-0000-4000-8000-000000000000');
await makePrivateDir(files.dir);
await mkdir(files.sockets, { recursive: true });
/** Namespaces that outlive this process, for the next one to enter. */
const hold = async (): Promise<number> => {
  const holder = await startHolder(context, files, {
    ...{ cage: true, wall: 'namespaces', command: ['sleep', '600'] },
  });
  holder.send('go\n');
  return holder.pid;
};
const holderPid = held === undefined ? await hold() : Number(held);
const network = await openMachineNetwork(context, {
  files,
  holderPid,
  guestSshPort: 4022,
  innerProgram,
  spec: { egress: JSON.parse(rules), secrets: [] },
  resolve: createHostResolver({ now: context.clock.now, servers: [server], hostsPath: '/nowhere' }),
  valueOf: () => Promise.reject(new Error('there are no secrets')),
  log: (text) => process.stderr.write(`${text}\n`),
});

/** Memory of a process and its children, shared pages in parts (proc(5), smaps_rollup). */
const pssMiB = async (pid: number | 'self'): Promise<number> => {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
};

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
say({ holderPid, networkLog: files.networkLog });
for await (const _line of createInterface({ input: process.stdin })) {
  await network.look();
  const sockets = (await readdir('/proc/self/fd')).length;
  say({ pssMiB: Math.round(await pssMiB('self')), sockets, counts: network.status().counts });
}
network.close();
process.exit(0);
