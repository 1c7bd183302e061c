import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { createQemuDriver } from '../../src/drivers/qemu/driver.ts';
import { apply } from '../../src/engine/apply.ts';
import { prepare } from '../../src/engine/prepare.ts';
import { askKeeper } from '../../src/keeper/client.ts';
import { PROTOCOL_VERSION } from '../../src/keeper/protocol.ts';
import { startServer } from '../../src/keeper/server.ts';
import { machineDir } from '../../src/lib/paths.ts';
import { connectQmp } from '../../src/lib/qmp.ts';
import { loadDesired } from '../../src/manifest/load-desired.ts';
import { AgentvmError } from '../../src/model/errors.ts';
import { journalPath, openJournal } from '../../src/state/journal.ts';
import { readAllStates, readState, statePath } from '../../src/state/store.ts';
import { renderDiagnostics } from '../../src/ui/diagnostics-text.ts';
import { testContext } from '../support/context.ts';
import { desiredOf, type Wish } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { grantAll } from '../support/grant-all.ts';
import { applyEdits, manifestEdits } from '../support/manifest-edits.ts';
import { damaged, frames } from './mutations.ts';
import { NETWORK_TARGETS } from './network-targets.ts';

/** Something that is given damaged input: `use` says how it ended, and throws what is no diagnostic. */
export type Target<T = unknown> = {
  readonly inputs: fc.Arbitrary<T>;
  readonly use: (input: T) => Promise<string>;
};

const target = <T>(made: Target<T>): Target => made as Target;

/** Ends that are meant: a value, or a diagnostic with a code. */
const endOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'taken';
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    if (error.message === '') throw new Error(`${error.code} says nothing`);
    return error.code;
  }
};

const manifests = async (root: string): Promise<Target> => {
  const folder = join(root, 'project');
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await writeFile(join(folder, 'team.yaml'), 'apiVersion: agentvm/v1\nagent: codex\n');
  await writeFile(join(folder, 'scripts/setup.sh'), 'true\n');
  await writeFile(join(folder, '.env.agent'), 'A=1\n');
  const example = (await readFile('agentvm.yaml.example', 'utf8'))
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n');
  const context = testContext(root, { cwd: folder });
  return target({
    inputs: manifestEdits,
    use: async (list) => {
      await writeFile(join(folder, 'agentvm.yaml'), applyEdits(example, list));
      const host = { driver: 'qemu', cpus: 8, memoryMiB: 16_384 } as const;
      const result = await loadDesired(context, { host, digestKey: Buffer.from('key') });
      if (result.ok) return 'taken';
      if (renderDiagnostics(result.diagnostics, folder) === '') throw new Error('no diagnostic');
      return result.diagnostics[0]?.code ?? 'none';
    },
  });
};

const WISH: Wish = {
  packages: ['git'],
  scripts: { 'a.sh': 'true\n' },
  agents: { claude: 'latest' },
  ports: { 3000: 3000, 80: 'auto' },
  mounts: { '/data': '/srv/data' },
  env: { A: '1' },
  egress: ['github.com', '*.example', '10.1.0.0/16:5432'],
  networkPorts: [9418],
  hostPorts: [11_434],
  secrets: {
    TOKEN: { from: 'env', variable: 'MY_TOKEN' },
    KEY: { from: 'file', path: '/home/me/.key' },
    RING: { from: 'keyring', service: 'agentvm', account: 'me' },
    PRINTED: { from: 'command', command: ['pass', 'show', 'key'], cwd: '/home/me' },
  },
};

const machineWorld = async (root: string) => {
  const context = testContext(root);
  const folder = join(root, 'project');
  const applyWish = async (): Promise<unknown> =>
    apply(context, fakePorts, {
      desired: await desiredOf(folder, WISH),
      command: 'agentvm apply',
      approve: grantAll,
    });
  await applyWish();
  const { machines } = await readAllStates(context.paths);
  const [state] = machines;
  if (state === undefined) throw new Error('there is no machine');
  const dir = machineDir(context.paths, state.id);
  const files = new Map<string, Buffer>();
  for (const name of await readdir(dir)) files.set(name, await readFile(join(dir, name)));
  return {
    context,
    id: state.id,
    plan: async () => prepare(context, fakePorts, await desiredOf(folder, WISH), { deep: true }),
    applyWish,
    /** Everything as it was, whatever a command made of the damage. */
    restore: async () => {
      const machinesDir = dirname(dir);
      for (const name of await readdir(machinesDir)) await rm(join(machinesDir, name), { recursive: true });
      await mkdir(dir, { recursive: true });
      for (const [name, content] of files) await writeFile(join(dir, name), content);
    },
  };
};

const states = async (root: string): Promise<Target> => {
  const { context, id, plan, restore } = await machineWorld(root);
  const path = statePath(context.paths, id);
  const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
  const qemu = createQemuDriver({ keeperProgram: () => '/nowhere' });
  return target({
    inputs: damaged([text]),
    use: async (content) => {
      await restore();
      await writeFile(path, content);
      const end = await endOf(readState(context.paths, id));
      await endOf(plan());
      const state = await readState(context.paths, id).catch(() => undefined);
      if (state !== undefined) {
        // The other driver finds a record there that it never wrote.
        const ref = {
          id,
          name: state.name,
          dir: machineDir(context.paths, id),
          driverState: state.driverState,
        };
        await endOf(qemu.inspect(context, ref, { refresh: false }));
      }
      return end;
    },
  });
};

const journals = async (root: string): Promise<Target> => {
  const { context, id, plan, applyWish, restore } = await machineWorld(root);
  const path = journalPath(context.paths, id);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return target({
    inputs: damaged(lines),
    use: async (content) => {
      await restore();
      await writeFile(path, content);
      const end = await endOf(plan());
      await endOf(openJournal(context.paths, id).then((journal) => journal.close()));
      // What the plan took is gone on with: the open step is looked at, done or taken back.
      await endOf(applyWish());
      return end;
    },
  });
};

const listen = async (path: string, handle: (socket: Socket) => void): Promise<Server> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    handle(socket);
  });
  server.listen(path);
  await once(server, 'listening');
  return server;
};

const TIMEOUT_MS = 50;

const qmp = async (root: string): Promise<Target> => {
  let count = 0;
  const messages = fc.record(
    {
      id: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.string()),
      return: fc.jsonValue(),
      error: fc.jsonValue(),
      event: fc.oneof(fc.string(), fc.constantFrom('STOP', 'SHUTDOWN')),
      data: fc.jsonValue(),
      QMP: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  return target({
    inputs: fc.tuple(frames(messages), fc.boolean(), fc.boolean()),
    use: async ([pieces, isGreeted, answers]) => {
      count += 1;
      const path = join(root, `q${count}`);
      const server = await listen(path, (socket) => {
        if (isGreeted) socket.write('{"QMP":{"version":{},"capabilities":[]}}\r\n');
        for (const bytes of pieces) socket.write(bytes);
        socket.on('data', (chunk) => {
          for (const line of String(chunk).trimEnd().split('\n')) {
            if (answers) socket.write(`\n{"id":${JSON.parse(line).id},"return":{}}\n`);
            else socket.end();
          }
        });
        if (!answers) socket.end();
      });
      try {
        return await endOf(
          connectQmp(path, { timeoutMs: TIMEOUT_MS, onEvent: () => {} }).then((client) =>
            client.execute('query-status').finally(() => client.close()),
          ),
        );
      } finally {
        server.close();
      }
    },
  });
};

const requests = fc.record(
  {
    id: fc.oneof(fc.integer(), fc.string()),
    op: fc.oneof(
      fc.constantFrom('status', 'refresh', 'start', 'update', 'stop', 'resume', 'connect'),
      fc.string(),
    ),
    graceMs: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

/** Through a live keeper's socket: it stays, and goes on answering others. */
const keeperRequests = async (root: string): Promise<Target> => {
  const path = join(root, 'k');
  const context = testContext(root);
  await startServer({
    path,
    machineId: 'm',
    log: () => {},
    perform: async ({ op }) => {
      if (op === 'start') throw new TypeError('a bug');
      return { power: 'running' } as never;
    },
  });
  return target({
    inputs: frames(requests),
    use: async (pieces) => {
      const socket = connect(path);
      socket.on('error', () => {});
      socket.resume();
      for (const bytes of pieces) socket.write(bytes);
      socket.end();
      await new Promise((resolve) => socket.once('close', resolve));
      const contact = await askKeeper(context, path, { op: 'status' });
      if (contact.kind !== 'answered') throw new Error(`the keeper is ${contact.kind}`);
      return 'answered';
    },
  });
};

const replies = fc.record(
  {
    id: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.string()),
    ok: fc.oneof(fc.boolean(), fc.jsonValue()),
    result: fc.jsonValue(),
    error: fc.oneof(
      fc.jsonValue(),
      fc.record({ code: fc.string(), message: fc.string({ minLength: 1 }), details: fc.jsonValue() }),
    ),
    keeper: fc.oneof(fc.integer(), fc.jsonValue()),
    machine: fc.string(),
  },
  { requiredKeys: [] },
);

/** From what says that it is a keeper: the command ends with a contact or a diagnostic. */
const keeperReplies = async (root: string): Promise<Target> => {
  const context = testContext(root);
  let count = 0;
  return target({
    inputs: fc.tuple(frames(replies), fc.boolean()),
    use: async ([pieces, isGreeted]) => {
      count += 1;
      const path = join(root, `r${count}`);
      const server = await listen(path, (socket) => {
        if (isGreeted) socket.write(`${JSON.stringify({ keeper: PROTOCOL_VERSION, machine: 'm' })}\n`);
        for (const bytes of pieces) socket.write(bytes);
        socket.end();
      });
      try {
        return await endOf(askKeeper(context, path, { op: 'status' }));
      } finally {
        server.close();
      }
    },
  });
};

/** Everything that reads what it has not written itself, or what may have been damaged since. */
export const TARGETS: Readonly<Record<string, (root: string) => Promise<Target>>> = {
  manifests,
  states,
  journals,
  'QMP frames': qmp,
  'keeper requests': keeperRequests,
  'keeper replies': keeperReplies,
  ...(NETWORK_TARGETS as Readonly<Record<string, () => Promise<Target>>>),
};
