import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply } from '../../src/engine/apply.ts';
import { FIELD_PATHS, type Field, fieldId } from '../../src/model/fields.ts';
import type { JournalLine } from '../../src/model/journal-line.generated.ts';
import type { Desired, MachineState } from '../../src/model/machine.ts';
import type { StateDocument } from '../../src/model/state-document.generated.ts';
import { type JournalEntry, journalPath } from '../../src/state/journal.ts';
import { statePath } from '../../src/state/store.ts';
import { desiredOf, type Wish } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { schemaErrorsBy } from '../support/schema-check.ts';

type World = Awaited<ReturnType<typeof fakeWorld>>;

type Mutable<T> = T extends string
  ? T
  : T extends readonly (infer E)[]
    ? Mutable<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Mutable<T[K]> }
      : T;

// They do not compile when a type and the schema that stands for it part.
const asDocument = (state: Mutable<MachineState>): StateDocument => state;
const asLine = (entry: Mutable<JournalEntry>): JournalLine => entry;

const readLines = async (world: World): Promise<readonly JournalEntry[]> => {
  const text = await readFile(journalPath(world.context.paths, (await world.state()).id), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const readDocument = async (world: World): Promise<Mutable<MachineState>> =>
  JSON.parse(await readFile(statePath(world.context.paths, (await world.state()).id), 'utf8'));

/** A manifest with fields that a `Wish` has no word for. */
const applyFields = async (world: World, wish: Wish, fields: readonly Field[]) => {
  const desired = await desiredOf(world.folder, wish);
  const edited: Desired = {
    ...desired,
    fields: new Map([
      ...desired.fields,
      ...fields.map((field) => [fieldId(field.path, field.key), field] as const),
    ]),
  };
  return apply(world.context, fakePorts, { desired: edited, command: 'test', approve: async () => true });
};

/** Only `agentvm mv`, `rm` and `rollback` do these, and none is an apply; the last the simulator refuses. */
const OUTSIDE_OF_PLANS = ['machine.delete', 'machine.rename', 'snapshot.restore', 'idle.set'];

test('the files of real applies are as their schemas say, for every kind of step', async () => {
  const world = await fakeWorld();
  const wish: Wish = {
    packages: ['git'],
    scripts: { 'setup.sh': 'true\n' },
    agents: { opencode: 'latest' },
    ports: { 3000: 3000, 5432: 'auto' },
    mounts: { '/data': join(world.root, 'data') },
    env: { EDITOR: 'vi' },
    labels: { team: 'web' },
  };
  const check = async (): Promise<void> => {
    expect(schemaErrorsBy('state.v2', asDocument(await readDocument(world)))).toEqual([]);
    const lines = await readLines(world);
    expect(
      lines.flatMap((line) => schemaErrorsBy('journal.v1', asLine(line as Mutable<JournalEntry>))),
    ).toEqual([]);
  };
  await world.apply(wish);
  await check();
  await world.apply({ ...wish, ports: {}, mounts: {}, agents: {}, packages: [] });
  await world.apply(wish);
  await world.tamper(({ running, ...machine }) => ({
    ...machine,
    running: running && { ...running, hostname: 'other' },
  }));
  await world.apply(wish);
  await world.tamper((machine) => ({ ...machine, power: 'paused' }));
  await world.apply({ ...wish, diskGiB: 20 });
  await applyFields(world, { ...wish, diskGiB: 20 }, [
    { path: 'workspace.mode', value: 'ro' },
    { path: 'workspace.protect[]', key: '.envrc', value: true },
    { path: 'network.egress', value: 'none', source: { file: 'agentvm.yaml', line: 1, column: 1 } },
  ]);
  await world.apply(wish);
  await check();
  await world.breakAt({ at: 'guest.waitUntilReady.before', how: 'fail' });
  await expect(world.apply({ ...wish, image: 'debian-13' })).rejects.toThrow('told to fail');
  await world.apply(wish);
  await check();

  const lines = await readLines(world);
  expect([...new Set(lines.map((line) => line.kind))].sort()).toEqual(
    ['begin', 'done', 'end', 'intent', 'undone'].sort(),
  );
  const schema = JSON.parse(await readFile('schemas/plan.v1.json', 'utf8'));
  const kinds: string[] = schema.$defs.action.oneOf.flatMap(
    ({ properties }: { properties: { kind: { enum?: string[]; const?: string } } }) =>
      properties.kind.enum ?? [properties.kind.const],
  );
  const seen = lines.flatMap((line) => (line.kind === 'intent' ? [line.step.action.kind] : []));
  expect([...new Set(seen)].sort()).toEqual(kinds.filter((kind) => !OUTSIDE_OF_PLANS.includes(kind)).sort());
});

test("a state's schema knows the fields that there are", async () => {
  const schema = JSON.parse(await readFile('schemas/state.v2.json', 'utf8'));
  expect(schema.$defs.appliedField.properties.path.enum).toEqual([...FIELD_PATHS]);
});
