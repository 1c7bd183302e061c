import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createIssuer, makeAuthority } from '../../src/lib/certificate-authority.ts';
import { withoutBundles } from '../e2e/escape/caught-machine.ts';
import { hostileWorld, RESOLVER, WORLD } from '../e2e/escape/world.ts';
import { createBenchMachine } from './bench-machine.ts';
import { median, type Program, run } from './measure.ts';

const DOWNLOAD_BYTES = 256 * 1024 * 1024;
const REQUESTS = 1000;
const ROUNDS = 3;
const SAMPLE_MS = 200;

const PLAIN = 'bench.test';
const SUBSTITUTED = 'substituted.test';
const ADDRESSES = { [PLAIN]: WORLD, [SUBSTITUTED]: '198.51.100.4' };
const KEY = 'the-key-of-the-benchmark';

/** Medians of one way to the server, in milliseconds. */
export type WayTimes = { readonly download: number; readonly requests: number };

export type NetworkFigures = {
  readonly host: WayTimes;
  readonly open: WayTimes;
  readonly caged: WayTimes;
  readonly substituted: WayTimes;
  /** Both halves of the keeper, MiB. */
  readonly idlePss: number;
  readonly loadPss: number;
};

/** Where the network is open, nothing can put a secret into requests. */
const withoutSecrets = (manifest: string): string => manifest.replace(/^secrets.*\n/m, '');

const manifest = (egress: string): string => `apiVersion: agentvm/v1
name: bench
resources: {cpus: 2, memory: 2GiB, disk: 10GiB}
network: {egress: ${egress}}
secrets: {BENCH_KEY: {from: env, hosts: [${SUBSTITUTED}]}}
`;

/** A script that prints how many milliseconds a program took; certificates are not what is measured. */
const timing = (name: string, what: string): readonly string[] => [
  'sh',
  '-c',
  `a=$(date +%s%N); curl -sSk -m 600 -H "Authorization: Bearer $BENCH_KEY" -o /dev/null "https://${name}/${what}" || exit 1; b=$(date +%s%N); echo $(((b - a) / 1000000))`,
];

/** Proportional set size in MiB of a keeper and its inner half. */
const keeperPss = async (machineDir: string): Promise<number> => {
  const { pid } = JSON.parse(await readFile(join(machineDir, 'keeper.json'), 'utf8'));
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parts = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      const parent = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
      const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      if (Number(id) !== pid && !(parent === pid && command.includes('inner.js'))) return 0;
      const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
    }),
  );
  return parts.reduce((sum, part) => sum + part, 0);
};

const measureWay = async (
  name: string,
  program: (words: readonly string[]) => Program,
): Promise<WayTimes> => {
  const times = { download: [] as number[], requests: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.download.push(Number(await run(program(timing(name, `bytes/${DOWNLOAD_BYTES}`)))));
    times.requests.push(Number(await run(program(timing(name, `small/[1-${REQUESTS}]`)))));
  }
  return { download: median(times.download), requests: median(times.requests) };
};

/**
 * Downloads and small requests through the cage, through a connection into which a secret is put, through plain user
 * networking of the same QEMU, and on the host: in a world of its own, so that no other network is measured. Needs root.
 */
export const measureNetwork = async (): Promise<NetworkFigures> => {
  const authority = await makeAuthority('The benchmark', new Date());
  const issue = await createIssuer(authority, () => new Date());
  const world = await hostileWorld(authority.certificate);
  const machine = await createBenchMachine();
  const identities = Object.fromEntries(
    await Promise.all(Object.keys(ADDRESSES).map(async (name) => [name, await issue(name)] as const)),
  );
  const file = join(world.folder, 'identities.json');
  await writeFile(file, JSON.stringify(identities), { mode: 0o600 });
  const onHost = (program: Program): Program => {
    const [first = '', ...rest] = world.onHost;
    const { cwd = '/', args, file: named, ...others } = program;
    return {
      ...others,
      env: withoutBundles(program.env ?? process.env),
      file: first,
      args: [...rest, cwd, named, ...args],
    };
  };
  const agentvm = (args: readonly string[]): Program => {
    const program = machine.agentvm(args);
    return onHost({ ...program, env: { ...program.env, BENCH_KEY: KEY } });
  };
  const apply = async (egress: string): Promise<void> => {
    await machine.write(egress === 'open' ? withoutSecrets(manifest(egress)) : manifest(egress));
    const { grants } = JSON.parse(await run(agentvm(['plan', '--json'])));
    const words = (grants as readonly { readonly id: string }[]).flatMap(({ id }) => ['--grant', id]);
    await run(agentvm(['apply', '--yes', ...words]));
  };
  const names = await world.startCanaries('world', {
    tcp: [],
    dns: {
      address: RESOLVER,
      below: {},
      records: Object.fromEntries(
        Object.entries(ADDRESSES).map(([name, data]) => [name, [{ type: 'A', data }]]),
      ),
    },
  });
  const server = spawn('nsenter', [...world.inWorld, process.execPath, 'test/bench/https-server.mjs', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  try {
    // The layer is made where there is a network.
    await machine.write(withoutSecrets(manifest('public')));
    for (const words of [['apply'], ['rm']]) {
      const program = machine.agentvm([...words, '--yes']);
      await run({ ...program, env: withoutBundles(program.env ?? process.env) });
    }
    await apply('public');
    const inGuest = (words: readonly string[]) => agentvm(['exec', ...words]);
    const dir = await machine.machineDir();
    await run(inGuest(['true']));
    const idlePss = await keeperPss(dir);
    let loadPss = 0;
    const sampler = setInterval(() => {
      void keeperPss(dir).then((pss) => {
        loadPss = Math.max(loadPss, pss);
      });
    }, SAMPLE_MS);
    const caged = await measureWay(PLAIN, inGuest);
    const substituted = await measureWay(SUBSTITUTED, inGuest);
    clearInterval(sampler);
    process.stderr.write(`bench: ${JSON.stringify({ caged, substituted, idlePss, loadPss })}\n`);
    await apply('open');
    const open = await measureWay(PLAIN, inGuest);
    const host = await measureWay(PLAIN, ([named = '', ...args]) =>
      onHost({ file: named, args, env: { ...process.env, BENCH_KEY: KEY } }),
    );
    return { host, open, caged, substituted, idlePss, loadPss };
  } finally {
    await run(agentvm(['rm', '--yes'])).catch(() => undefined);
    await machine.remove();
    server.kill();
    await names.stop();
    await world.close();
  }
};

const mebibytesPerSecond = (milliseconds: number): string =>
  `${(DOWNLOAD_BYTES / 2 ** 20 / (milliseconds / 1000)).toFixed(0)} MiB/s`;

/** The figures as rows of the table. */
export const networkRows = ({
  host,
  open,
  caged,
  substituted,
  idlePss,
  loadPss,
}: NetworkFigures): readonly (readonly string[])[] => {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const rows = (what: string, of: (way: WayTimes) => number, text: (milliseconds: number) => string) =>
    (
      [
        ['caged', caged, '≥ 0.8 ×'],
        ['with a secret put in', substituted, ''],
        ['on the host itself', host, ''],
      ] as const
    ).map(([how, way, aim]) => [
      `${what}, ${how}`,
      text(of(way)),
      `plain user networking: ${text(of(open))}`,
      `${(of(open) / of(way)).toFixed(2)} × its speed`,
      aim,
    ]);
  return [
    ...rows('256 MiB by HTTPS', ({ download }) => download, mebibytesPerSecond),
    ...rows('1,000 HTTPS requests', ({ requests }) => requests, seconds),
    ['keeper, both halves, idle, PSS', `${idlePss.toFixed(0)} MiB`, '', '', '< 60 MiB'],
    ['keeper, both halves, under load, PSS', `${loadPss.toFixed(0)} MiB`, '', '', '< 150 MiB'],
  ];
};
