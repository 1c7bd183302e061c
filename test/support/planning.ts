import { type Field, type Fields, fieldsOf } from '../../src/model/fields.ts';
import type {
  AppliedField,
  AppliedFields,
  Desired,
  MachineState,
  Observation,
  Observed,
} from '../../src/model/machine.ts';
import type { Plan } from '../../src/model/plan.ts';
import { type PlanInput, plan } from '../../src/reconcile/plan.ts';
import { planText } from '../../src/reconcile/plan-text.ts';
import { MACHINE_ID, machineState } from './machine-state.ts';

/** A snapshot that there is room for. */
export const SNAPSHOT = {
  name: 'auto-7f3a',
  sizeBytes: Math.round(1.1 * 1024 ** 3),
  freeBytes: 61 * 1024 ** 3,
  maxBytes: 20 * 1024 ** 3,
};

const PROJECT = { realPath: '/home/ada/my-app', device: 1, inode: 2 };
const OBSERVED_AT = '2030-01-02T03:04:05.000Z';
export const NOW = '2030-01-02T03:04:06.000Z';
export const GIB = 1024 ** 3;
const SOURCE = { file: '/home/ada/my-app/agentvm.yaml', line: 3, column: 1 };

/** A field that stands in the manifest. */
export const set = (path: Field['path'], value: Field['value'], key?: string): Field => ({
  path,
  ...(key === undefined ? {} : { key }),
  value,
  source: SOURCE,
});

/** A field that the manifest says nothing of. */
export const byDefault = (path: Field['path'], value: Field['value']): Field => ({ path, value });

export const port = (key: string, guest: number, host: number | 'auto' = guest, address = '127.0.0.1') =>
  set('ports[]', { guest, host, address }, key);
export const mount = (host: string, guest: string, mode: 'ro' | 'rw' = 'ro') =>
  set('mounts[]', { host, guest, mode }, guest);
export const script = (path: string, content: string) =>
  set('base.scripts[]', { path, sha256: content.repeat(64).slice(0, 64) }, path);
export const pkg = (name: string) => set('base.packages[]', true, name);

/** The manifest that the tests start from. */
export const BASE: readonly Field[] = [
  byDefault('name', 'my-app'),
  byDefault('driver', 'qemu'),
  set('agent', 'claude'),
  set('agents[].version', 'latest', 'claude'),
  set('base.image', { name: 'debian-12' }),
  pkg('git'),
  pkg('jq'),
  script('scripts/10-tools.sh', 'a'),
  script('scripts/20-setup.sh', 'b'),
  set('resources.cpus', 4),
  set('resources.memory', 4096),
  byDefault('resources.disk', 40 * GIB),
  byDefault('workspace.guestPath', '/home/ada/my-app'),
  byDefault('workspace.mode', 'rw'),
  port('8080:80', 80, 8080),
  mount('/home/ada/data', '/data'),
  set('env[]', { digest: 'd1' }, 'NODE_ENV'),
  byDefault('lifecycle.protect', false),
];

/** A list of fields with some replaced or added, and some taken out. */
export const edited = (
  fields: readonly Field[],
  changes: readonly Field[],
  without: readonly string[] = [],
): readonly Field[] =>
  [...fieldsOf([...fields, ...changes])].filter(([id]) => !without.includes(id)).map(([, field]) => field);

export const desiredOf = (fields: readonly Field[]): Desired => ({
  name: String(fields.find(({ path }) => path === 'name')?.value ?? 'my-app'),
  driver: 'qemu',
  project: PROJECT,
  manifestPath: '/home/ada/my-app/agentvm.yaml',
  revision: '3f9c1e',
  fields: fieldsOf(fields),
  environment: {},
  inputs: [],
});

const RESOLVED: Readonly<Record<string, string>> = {
  'agents[].version': '2.1.3',
  'base.image': 'sha256-of-image',
};

/** What is in state when all of these fields were applied. */
export const appliedOf = (fields: Fields): AppliedFields =>
  Object.fromEntries(
    [...fields].map(([id, { path, key, value, source }]) => {
      const resolved = path === 'agents[].version' && value !== 'latest' ? undefined : RESOLVED[path];
      const field: AppliedField = {
        path,
        ...(key === undefined ? {} : { key }),
        value,
        ...(resolved === undefined ? {} : { resolved }),
        ...(source === undefined ? { isDefault: true } : {}),
      };
      return [id, field];
    }),
  );

export const stateOf = (fields: readonly Field[], overrides: Partial<MachineState> = {}): MachineState =>
  machineState(PROJECT, {
    name: 'my-app',
    driver: 'qemu',
    appliedAt: OBSERVED_AT,
    revision: '3f9c1e',
    fields: appliedOf(fieldsOf(fields)),
    ...overrides,
  });

export const observedOf = (
  power: Observed['power'],
  fields: Readonly<Record<string, Observation>> = {},
  powerReason?: string,
): Observed => ({
  power,
  ...(powerReason === undefined ? {} : { powerReason }),
  guestReady: power === 'running',
  at: OBSERVED_AT,
  fields,
});

/** Plans an edit of a running machine on which everything of `BASE` was applied, unless told otherwise. */
export const planOf = (
  overrides: Omit<Partial<PlanInput>, 'desired'> & { desired?: readonly Field[] } = {},
): Plan => {
  const { desired = BASE, ...rest } = overrides;
  return plan({
    machineId: MACHINE_ID,
    applied: stateOf(BASE),
    observed: observedOf('running'),
    limit: () => undefined,
    ...rest,
    desired: desiredOf(desired),
  });
};

/** The plan as a person sees it, and below it the steps with what each waits for. */
export const shown = (made: Plan): string => {
  const steps = made.steps.map(({ id, after, records, undoes }) =>
    [
      id,
      ...(after.length > 0 ? [`after ${after.join(' ')}`] : []),
      ...(records.length > 0 ? [`records ${records.join(' ')}`] : []),
      ...(undoes === undefined ? [] : [`undoes ${undoes.join(' ')}`]),
    ].join(' | '),
  );
  return `\n${planText(made, { now: NOW, home: '/home/ada' })}\n${steps.join('\n')}\n`;
};
