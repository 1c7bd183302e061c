import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Table from 'cli-table3';
import { createBareBoot } from './bare-boot.ts';
import { createBenchMachine, readLaunch } from './bench-machine.ts';
import { hostFacts } from './host-facts.ts';
import { interleaved, run, timed } from './measure.ts';
import { measureNetwork, networkRows } from './network.ts';

// Prints what agentvm costs beside the bare tools below it: medians of interleaved runs. Nothing here is a test.
const COMMAND_ROUNDS = 15;
const BOOT_ROUNDS = 5;

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** The disk that a machine's own is an overlay of; the machine may be running. */
const layerOf = async (machineDir: string): Promise<string> => {
  const disk = (await readdir(machineDir)).find((one) => one.endsWith('.qcow2'));
  if (disk === undefined) throw new Error(`no disk in ${machineDir}`);
  const info = await run({
    file: 'qemu-img',
    args: ['info', '--force-share', '--output=json', join(machineDir, disk)],
  });
  return JSON.parse(info)['full-backing-filename'];
};

/** Proportional set size of a process in MiB (proc_pid_smaps(5)); shared pages count by their share. */
const pssMiB = async (pid: number): Promise<number> => {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024;
};

// Ctrl-C ends the program that runs now; what follows tidies up.
process.on('SIGINT', () => {});

const machine = await createBenchMachine();
const time = (args: readonly string[]) => () =>
  timed(async () => {
    await run(machine.agentvm(args));
  });

try {
  process.stderr.write('bench: a first machine, whose base layer may have to be built\n');
  await run(machine.agentvm(['apply', '--yes']));
  const first = await machine.machineDir();
  const launch = await readLaunch(first);
  const bare = await createBareBoot(launch, await layerOf(first), await freePort());
  try {
    process.stderr.write('bench: commands\n');
    const ssh = [
      '-F',
      'none',
      '-S',
      launch.ssh.controlPath,
      '-o',
      'LogLevel=ERROR',
      `${launch.ssh.user}@${launch.ssh.host}`,
    ];
    const commands = await interleaved(COMMAND_ROUNDS, {
      node: () =>
        timed(async () => {
          await run({ file: process.execPath, args: ['-e', '0'] });
        }),
      version: time(['--version']),
      validate: time(['validate']),
      plan: time(['plan']),
      ssh: () =>
        timed(async () => {
          await run({ file: 'ssh', args: [...ssh, 'true'] });
        }),
      exec: time(['exec', 'true']),
    });
    const keeper = JSON.parse(await readFile(join(first, 'keeper.json'), 'utf8'));
    const pss = await pssMiB(keeper.pid);

    process.stderr.write('bench: boots\n');
    await run(machine.agentvm(['rm', '--yes']));
    const boots = await interleaved(BOOT_ROUNDS, {
      bare: () => timed(bare.boot),
      apply: async () => {
        const milliseconds = await time(['apply', '--yes'])();
        await run(machine.agentvm(['rm', '--yes']));
        return milliseconds;
      },
    });

    process.stderr.write('bench: network\n');
    const isRoot = process.getuid?.() === 0;
    const network = isRoot ? networkRows(await measureNetwork()) : [];
    if (!isRoot)
      process.stderr.write('bench: only root can make the world in which the network is measured\n');

    const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
    const ratio = (value: number, base: number): string => `${(value / base).toFixed(2)} ×`;
    const table = new Table({
      head: ['', 'median', 'beside', 'ratio or difference', 'aim'],
      style: { head: [], border: [] },
      chars: { 'left-mid': '', mid: '', 'mid-mid': '', 'right-mid': '' },
    });
    const { node } = commands;
    const beside = `node -e 0: ${seconds(node)}`;
    table.push(
      ['agentvm --version', seconds(commands.version), beside, ratio(commands.version, node), ''],
      ['agentvm validate', seconds(commands.validate), beside, ratio(commands.validate, node), ''],
      ['agentvm plan, nothing to do', seconds(commands.plan), beside, ratio(commands.plan, node), '< 2.5 ×'],
      [
        'agentvm exec true',
        seconds(commands.exec),
        `ssh -S … true: ${seconds(commands.ssh)}`,
        `${seconds(commands.exec - node)} over node`,
        '< 0.35 s over node',
      ],
      [
        'agentvm apply, layer ready',
        seconds(boots.apply),
        `bare QEMU to ssh: ${seconds(boots.bare)}`,
        ratio(boots.apply, boots.bare),
        '< 1.2 ×',
      ],
      ['idle keeper, PSS', `${pss.toFixed(0)} MiB`, '', '', '< 60 MiB'],
      ...network.map((row) => [...row]),
    );
    process.stdout.write(`${await hostFacts(bare.qemu, bare.accelerator)}\n`);
    process.stdout.write(
      `medians of ${COMMAND_ROUNDS} runs, of boots ${BOOT_ROUNDS}, taken in turn\n${table}\n`,
    );
  } finally {
    await bare.remove();
  }
} finally {
  await machine.remove();
}
