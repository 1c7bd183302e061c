import { readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import {
  BASE,
  edited,
  GIB,
  mount,
  observedOf,
  pkg,
  planOf,
  port,
  SNAPSHOT,
  script,
  set,
  stateOf,
} from '../support/planning.ts';

const schema = JSON.parse(await readFile(new URL('../../schemas/plan.v1.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const errorsIn = (document: unknown): readonly string[] => {
  validate(JSON.parse(JSON.stringify(document)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

const everyField = edited(
  BASE,
  [
    set('name', 'other-app'),
    pkg('ripgrep'),
    script('scripts/20-setup.sh', 'c'),
    set('agents[].version', '2.2.0', 'codex'),
    port('3000', 3000),
    mount('/srv/models', '/models'),
    set('workspace.mode', 'ro'),
    set('workspace.protect[]', true, '.envrc'),
    set('env[]', { digest: 'd2' }, 'EDITOR'),
    set('labels[]', 'platform', 'team'),
    set('network.egress', 'none'),
    set('lifecycle.idle', { after: '30m', action: 'suspend' }),
  ],
  ['base.packages[jq]', 'agents[claude].version', 'ports[8080:80]', 'mounts[/data]'],
);

const PLANS: Readonly<Record<string, Plan>> = {
  creation: planOf({ machineId: null, applied: null, observed: observedOf('absent') }),
  nothing: planOf(),
  live: planOf({ desired: everyField }),
  restart: planOf({ desired: edited(everyField, [set('resources.disk', 60 * GIB)]) }),
  recreate: planOf({ desired: edited(everyField, [set('base.image', { path: '/x', sha256: 'a' })]) }),
  paused: planOf({ observed: observedOf('paused') }),
  unfinished: planOf({ applied: stateOf(BASE, { phase: 'creating' }) }),
  drift: planOf({ observed: observedOf('running', { 'base.packages[jq]': { kind: 'absent' } }) }),
  mended: planOf({
    observed: {
      ...observedOf('running'),
      kept: [{ path: 'guest.files[]', key: '/etc/hosts', applied: 'a1', found: { kind: 'absent' } }],
    },
  }),
  unknown: planOf({
    observed: observedOf('running', { 'base.packages[jq]': { kind: 'unknown', why: 'no answer' } }),
  }),
  blocked: planOf({ observed: observedOf('unknown') }),
  snapshot: planOf({ desired: everyField, snapshot: SNAPSHOT }),
  full: planOf({ desired: everyField, snapshot: { ...SNAPSHOT, freeBytes: 0 } }),
};

test.each(Object.entries(PLANS))('a plan of %s is as schemas/plan.v1.json says', (_name, made) => {
  expect(errorsIn(made)).toEqual([]);
});

test('the plans held against the schema have every kind of step', () => {
  const kinds = Object.values(PLANS).flatMap(({ steps }) => steps.map(({ action }) => action.kind));
  const inSchema = schema.$defs.action.oneOf.flatMap(
    ({ properties }: { properties: { kind: { enum?: string[]; const?: string } } }) =>
      properties.kind.enum ?? [properties.kind.const],
  );
  expect([...new Set([...kinds, 'machine.delete', 'snapshot.restore'])].sort()).toEqual(inSchema.sort());
});

test('the schema refuses what is no plan', () => {
  const made = planOf({ desired: everyField });
  expect(errorsIn({ ...made, version: 2 })).toEqual(['/version must be equal to constant']);
  expect(errorsIn({ ...made, strategy: 'reboot' })).toEqual([
    '/strategy must be equal to one of the allowed values',
  ]);
  expect(errorsIn({ ...made, steps: [{}] }).length).toBeGreaterThan(0);
});
