import { takeSnapshot } from '../../src/engine/snapshots.ts';
import { readAllStates, writeState } from '../../src/state/store.ts';
import type { Wish } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import type { fakeWorld } from '../support/fake-world.ts';
import type { CrashRun } from './crash-script.ts';

export type World = Awaited<ReturnType<typeof fakeWorld>>;

/** A command that is killed at each of its points. Together they go through every kind of step there is. */
export type Scenario = {
  readonly name: string;
  /** What was applied before. */
  readonly before?: Wish;
  /** What happened behind agentvm's back then. */
  readonly tamper?: (world: World) => Promise<void>;
  readonly action: CrashRun['action'];
  /** What the command applies, where it applies something, and what is applied afterwards to go on. */
  readonly wish: Wish;
  /** The folder in the world whose manifest is applied afterwards, where it is another. */
  readonly goOnIn?: string;
};

const FIRST: Wish = {
  packages: ['git', 'jq'],
  scripts: { 'a.sh': 'true\n', 'b.sh': 'true\n' },
  agents: { claude: 'latest', opencode: 'latest' },
  ports: { 3000: 3000, 8080: 'auto' },
  mounts: { '/data': '/srv/data', '/data/inner': '/srv/inner' },
  env: { NODE_ENV: 'development' },
  networkPorts: [9418],
  hostPorts: [11_434],
  secrets: { TOKEN: { from: 'env', variable: 'TOKEN' } },
};

/** A start has to know of a secret that comes with it. */
const OTHER_SECRET: Wish['secrets'] = { KEY: { from: 'keyring', service: 'agentvm', account: 'me' } };

/** The manifest renamed the machine and the record of that was lost. */
const forgetName = async (world: World): Promise<void> => {
  const { machines } = await readAllStates(world.context.paths);
  for (const state of machines) {
    const name = { path: 'name', value: 'earlier' } as const;
    await writeState(world.context.paths, { ...state, fields: { ...state.fields, name } });
  }
};

const FURTHER: Wish = {
  ...FIRST,
  packages: ['git', 'ripgrep'],
  scripts: { 'a.sh': 'true\n', 'b.sh': 'echo changed\n' },
  env: { NODE_ENV: 'production' },
};

/** A person took a snapshot, and more was applied then, which the manifest no longer asks for. */
const takeAndGoOn = async (world: World): Promise<void> => {
  const { machines } = await readAllStates(world.context.paths);
  for (const state of machines) await takeSnapshot(world.context, fakePorts, state, 'mine', 'test');
  await world.apply(FURTHER);
};

/** A new kind of step fails a test until a scenario here goes through it. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'create', action: 'apply', wish: FIRST },
  {
    name: 'reapply',
    before: FIRST,
    action: 'apply',
    wish: {
      ...FIRST,
      packages: ['git', 'ripgrep'],
      scripts: { 'a.sh': 'true\n', 'b.sh': 'echo changed\n', 'c.sh': 'true\n' },
      agents: { claude: '2.0.0', codex: 'latest' },
      env: { NODE_ENV: 'production' },
      labels: { team: 'one' },
    },
  },
  {
    name: 'live',
    before: FIRST,
    action: 'apply',
    wish: {
      ...FIRST,
      ports: { 3000: 3001, 9000: 9000 },
      mounts: { '/data': '/srv/other', '/models': '/srv/models' },
      workspaceMode: 'ro',
      protectPaths: ['.envrc'],
      egress: ['*.github.com', 'pypi.org'],
      networkPorts: [8443],
      hostPorts: [],
      secrets: {},
    },
  },
  {
    name: 'restart',
    before: FIRST,
    action: 'apply',
    wish: {
      ...FIRST,
      memoryMiB: 2048,
      diskGiB: 20,
      packages: ['git', 'jq', 'ripgrep'],
      secrets: OTHER_SECRET,
    },
  },
  {
    name: 'recreate',
    before: FIRST,
    action: 'apply',
    wish: { ...FIRST, image: 'debian-13', memoryMiB: 2048, packages: ['git', 'ripgrep'] },
  },
  {
    name: 'resume',
    before: FIRST,
    tamper: (world) => world.tamper((machine) => ({ ...machine, power: 'paused' })),
    action: 'apply',
    wish: { ...FIRST, packages: ['git'] },
  },
  { name: 'rename', before: FIRST, tamper: forgetName, action: 'apply', wish: FIRST },
  {
    name: 'mend',
    before: FIRST,
    tamper: (world) =>
      world.tamper((machine) => ({
        ...machine,
        running: machine.running && { ...machine.running, hasRoute: false },
      })),
    action: 'apply',
    wish: FIRST,
  },
  { name: 'agentvm restart', before: FIRST, action: 'restart', wish: FIRST },
  {
    name: 'rollback',
    before: FIRST,
    tamper: takeAndGoOn,
    action: 'rollback',
    wish: FIRST,
  },
  { name: 'rm', before: FIRST, action: 'remove', wish: FIRST },
  { name: 'rm, then another project', before: FIRST, action: 'remove', wish: FIRST, goOnIn: 'other' },
];
