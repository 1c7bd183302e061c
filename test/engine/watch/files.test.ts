import { rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { watchWorld } from '../../support/watch-world.ts';

const manifest = (packages: readonly string[]): string =>
  `apiVersion: agentvm/v1\nname: shop\ndriver: fake\nbase: {packages: [${packages.join(', ')}]}\n`;

describe('a manifest that is saved', () => {
  test('in place, by rename, and as backup and write', async () => {
    const world = await watchWorld(manifest(['git']));
    const watching = world.start();
    await watching.next('converged');

    await world.write(manifest(['git', 'jq']));
    await watching.next('converged', ({ steps }) => steps > 0);

    // As vim with `backupcopy=no` and many others do: a new file takes the name.
    const swap = join(world.folder, '.agentvm.yaml.swp');
    await writeFile(swap, manifest(['git', 'jq', 'ripgrep']));
    await rename(swap, world.file);
    await watching.next('converged', ({ steps }) => steps > 0);

    // The old file becomes the backup, then the name is written anew.
    await rename(world.file, `${world.file}~`);
    await writeFile(world.file, manifest(['git']));
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.machine()).roots[1]?.packages).toEqual(['git']);
    expect(watching.events.filter(({ event }) => event === 'failed')).toEqual([]);
  });

  test('half, then whole: the half is told of with its place, and changes nothing', async () => {
    const world = await watchWorld(manifest(['git']));
    const watching = world.start();
    await watching.next('converged');
    const serial = (await world.state()).serial;

    await world.write('apiVersion: agentvm/v1\nname: shop\ndriver: fake\nbase: {packages: [gi');
    // The file may be read while it is still empty, too.
    const { diagnostics } = await watching.next(
      'invalid',
      (event) => event.diagnostics[0]?.excerpt !== undefined,
    );
    expect(diagnostics[0]?.excerpt).toMatchObject({ line: 4 });
    await watching.next('condition', ({ condition }) => condition.type === 'ConfigValid');
    await world.write('');
    await watching.next('invalid', (event) => event.diagnostics[0]?.code === 'empty');
    expect((await world.state()).serial).toBe(serial);

    await world.write(manifest(['git', 'jq']));
    await watching.next('converged', ({ steps }) => steps > 0);
    await world.holds('ConfigValid', 'True ManifestValid');
  });

  test('deleted and restored: the machine is kept, and its time of ConfigValid tells', async () => {
    const world = await watchWorld(manifest(['git']));
    const watching = world.start();
    await watching.next('converged');
    await unlink(world.file);
    await watching.next('invalid', (event) => event.diagnostics[0]?.code === 'missing-file');
    await watching.next(
      'condition',
      ({ condition }) => condition.type === 'ConfigValid' && condition.status === 'False',
    );
    expect((await world.machine()).power).toBe('running');
    await world.write(manifest(['git']));
    await watching.next(
      'condition',
      ({ condition }) => condition.type === 'ConfigValid' && condition.status === 'True',
    );
    expect((await world.machine()).boots).toBe(1);
  });

  test('turned into a link is not followed', async () => {
    const world = await watchWorld(manifest(['git']));
    const watching = world.start();
    await watching.next('converged');
    const other = join(world.root, 'other.yaml');
    await writeFile(other, manifest(['git', 'jq']));
    await rm(world.file);
    await symlink(other, world.file);
    const told = await watching.next('invalid', (event) => event.diagnostics[0]?.code === 'symbolic-link');
    expect(told.diagnostics[0]?.message).toContain('symbolic link');
    expect((await world.machine()).roots[1]?.packages).toEqual(['git']);
  });

  test('touched a thousand times a second without a change is read some times and applied never', async () => {
    const world = await watchWorld(manifest(['git']));
    let loads = 0;
    const watching = world.start({
      times: { debounceMs: 300, debounceMostMs: 500 },
      load: () => {
        loads += 1;
        return world.load();
      },
    });
    await watching.next('converged');
    const { serial } = await world.state();
    const before = loads;
    const untilMs = Date.now() + 2000;
    let touches = 0;
    while (Date.now() < untilMs) {
      await utimes(world.file, new Date(), new Date());
      touches += 1;
      if (touches % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(touches).toBeGreaterThan(500);
    expect(loads - before).toBeGreaterThan(0);
    expect(loads - before).toBeLessThan(8);
    expect((await world.state()).serial).toBe(serial);
  });

  test('a file that it names is watched too', async () => {
    const world = await watchWorld();
    await writeFile(join(world.folder, 'setup.sh'), 'echo one\n');
    await world.write(`${manifest(['git']).trimEnd().slice(0, -1)}, scripts: [./setup.sh]}\n`);
    const watching = world.start();
    await watching.next('converged');
    await writeFile(join(world.folder, 'setup.sh'), 'echo two\n');
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.machine()).roots[1]?.scripts).toEqual(['setup.sh', 'setup.sh']);
  });
});
