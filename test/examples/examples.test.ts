import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limitUnbuilt } from '../../src/drivers/unbuilt-fields.ts';
import { loadAgent } from '../../src/guest/agents/definition.ts';
import { loadDesired } from '../../src/manifest/load-desired.ts';
import type { Desired } from '../../src/model/machine.ts';
import { nothingObserved } from '../../src/model/machine.ts';
import { plan } from '../../src/reconcile/plan.ts';
import { renderDiagnostics } from '../../src/ui/diagnostics-text.ts';
import { testContext } from '../support/context.ts';
import { tempFolder } from '../support/temp-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const names = readdirSync(EXAMPLES);

describe.each(names)('example %s', (name) => {
  const folder = join(EXAMPLES, name);

  test('says in its README how it is used', async () => {
    await expect(readFile(join(folder, 'README.md'), 'utf8')).resolves.toMatch(/^# .*\n[\s\S]*agentvm /);
  });

  const load = async (): Promise<readonly Desired[]> => {
    const context = testContext(await tempFolder(), { cwd: folder });
    const result = await loadDesired(context, {
      ...(existsSync(join(folder, 'agentvm.yaml')) ? {} : { file: '.' }),
      host: { driver: 'qemu', cpus: 2, memoryMiB: 8192 },
      digestKey: Buffer.from('key'),
    });
    if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics, folder));
    return result.desired;
  };

  test('is valid, and its plans make machines without an obstacle', async () => {
    for (const desired of await load()) {
      const made = plan({
        machineId: null,
        desired,
        applied: null,
        observed: nothingObserved('2030-01-02T03:04:05.000Z'),
        limit: (field) => limitUnbuilt('qemu', field),
      });
      expect(made.blockers).toEqual([]);
      expect(made.steps.map((step) => step.action.kind)).toEqual(
        expect.arrayContaining(['layer.ensure', 'machine.create', 'machine.start']),
      );
    }
  });

  test('names agents that are defined', async () => {
    const search = { paths: testContext(await tempFolder()).paths, projectDir: folder };
    const fields = (await load()).flatMap((desired) => [...desired.fields.values()]);
    const agents = fields.filter((field) => field.path === 'agents[].version');
    await expect(
      Promise.all(agents.map(async ({ key = '' }) => (await loadAgent(search, key)).definition.name)),
    ).resolves.toEqual(agents.map(({ key }) => key));
  });
});

test('the fleet is three machines and a layer', async () => {
  const folder = join(EXAMPLES, 'fleet');
  const result = await loadDesired(testContext(await tempFolder(), { cwd: folder }), {
    file: '.',
    host: { driver: 'qemu', cpus: 2, memoryMiB: 8192 },
    digestKey: Buffer.from('key'),
  });
  expect(result.ok && result.desired.map(({ name }) => name)).toEqual(['builder', 'reviewer', 'database']);
});
