import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { ApplyEvent } from '../../src/model/apply.ts';
import { fakeWorld } from '../support/fake-world.ts';

const validator = async () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  addFormats.default(ajv);
  const read = async (name: string) =>
    JSON.parse(await readFile(join(import.meta.dirname, '../../schemas', name), 'utf8'));
  ajv.addSchema(await read('plan.v1.json'));
  return ajv.compile(await read('event.v1.json'));
};

const collect = async (work: (onEvent: (event: ApplyEvent) => void) => Promise<unknown>) => {
  const events: ApplyEvent[] = [];
  await work((event) => events.push(JSON.parse(JSON.stringify(event)))).catch(() => {});
  return events;
};

test('every event of every kind of apply keeps to its schema', async () => {
  const isValid = await validator();
  const world = await fakeWorld();
  const events = [
    ...(await collect(async (onEvent) => {
      await world.breakAt({ at: 'guest.runScript.before', how: 'fail' });
      await world.apply({ packages: ['git'], scripts: { 'setup.sh': '' } }, { onEvent });
    })),
    ...(await collect((onEvent) => world.apply({}, { onEvent }))),
    ...(await collect((onEvent) => world.apply({}, { onEvent }))),
    ...(await collect(async (onEvent) => {
      const failing = { scripts: { 'a.sh': 'exit 3' }, keep: 1 };
      await world.apply({ packages: ['git', 'jq'], keep: 1 }, { onEvent });
      await world.apply({ packages: ['git'], keep: 1 }, { onEvent });
      await world.apply(failing, { onEvent, offerRollback: async () => true });
    })),
    ...(await collect((onEvent) => world.apply({ cpus: 4 }, { onEvent, approve: async () => false }))),
  ];
  for (const event of events) {
    isValid(event);
    expect({ event, errors: isValid.errors }).toEqual({ event, errors: null });
  }
  expect([...new Set(events.map((event) => event.event))].sort()).toEqual([
    'finished',
    'planned',
    'rolled-back',
    'snapshot-dropped',
    'step-done',
    'step-failed',
    'step-started',
  ]);
  expect(isValid({ ...events[0], surprise: true })).toBe(false);
});
