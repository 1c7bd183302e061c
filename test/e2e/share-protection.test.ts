import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineRef, MachineSpec, Share } from '../../src/drivers/driver.ts';
import type { Guest } from '../../src/model/guest.ts';
import { eventually } from '../support/eventually.ts';
import { failureOf } from '../support/failure.ts';
import { type RealMachine, realMachine } from '../support/real-machine.ts';

/** Everything that the guest's root can think of to change a protected file or what leads to it. */
const ATTACK = `
attempt() { "$@" 2>/dev/null && echo "SUCCEEDED: $*"; }
cd "$1"
attempt sh -c 'echo x >> agentvm.yaml'
attempt rm -f agentvm.yaml
echo evil > evil; attempt mv -f evil agentvm.yaml
attempt chmod 777 agentvm.yaml
attempt truncate -s 0 agentvm.yaml
attempt ln agentvm.yaml hard
attempt setfattr -n user.a -v b agentvm.yaml
attempt mv .git .git2
attempt rm -rf .git/hooks
attempt touch .git/hooks/pre-commit
attempt mkdir .git/hooks/x
mount -o remount,rw . 2>/dev/null
attempt sh -c 'echo x >> agentvm.yaml'
mkdir -p /mnt/again
mount --bind /run/agentvm/shares/workspace /mnt/again && attempt sh -c 'echo x >> /mnt/again/agentvm.yaml'
attempt touch /mnt/again/.git/hooks/pre-commit
umount /mnt/again
mount -t 9p -o trans=virtio,version=9p2000.L agentvm /mnt/again 2>/dev/null && {
  attempt sh -c 'echo x >> /mnt/again/workspace/agentvm.yaml'
  umount /mnt/again
}
attempt mkdir /run/agentvm/shares/beside
attempt mv /run/agentvm/shares/workspace /run/agentvm/shares/w2
attempt rmdir /run/agentvm/shares/workspace
rm -f evil hard
echo finished
`;

describe('the project share of a real machine', () => {
  let machine: RealMachine;
  let ref: MachineRef;
  let spec: MachineSpec;
  let guest: Guest;
  let data: string;

  const inGuest = async (script: string): Promise<string> => {
    const { stdout, stderr } = await guest.exec(['sh', '-c', script, 'sh', machine.project], { as: 'root' });
    return (stdout + stderr).trim();
  };
  const manifest = () => readFile(join(machine.project, 'agentvm.yaml'), 'utf8');

  beforeAll(async () => {
    machine = await realMachine('c0000000-0000-4000-8000-000000000003');
    data = join(machine.root, 'data');
    await mkdir(data);
    await writeFile(join(data, 'file'), 'data\n');
    await writeFile(join(machine.project, 'agentvm.yaml'), 'name: one\n');
    const [workspace, ...others] = machine.spec.shares;
    spec = {
      ...machine.spec,
      shares: [
        { ...(workspace as Share), protect: ['agentvm.yaml', '.git/hooks', '.envrc'] },
        ...others,
        { id: 'aaaaaaaaaaaa', hostPath: data, target: data, guestPath: '/mnt/data', mode: 'ro', protect: [] },
      ],
    };
    const { driver, context } = machine;
    ref = { ...machine.ref, driverState: await driver.create(context, machine.ref, spec, machine.layer) };
    await driver.start(context, ref, spec);
    guest = await machine.guest(ref);
    await machine.operations(ref).mountShare({ id: 'aaaaaaaaaaaa', guestPath: '/mnt/data', mode: 'ro' });
  });
  afterAll(() => machine?.tearDown());

  test('has the right owner both ways', async () => {
    await writeFile(join(machine.project, 'from-host'), 'host');
    const uid = String(process.getuid?.());
    expect(await inGuest('stat -c %u "$1/from-host"; cat "$1/from-host"')).toBe(`${uid}\nhost`);
    const made = await guest.exec([
      'sh',
      '-c',
      'echo guest > "$1/from-guest"; mkdir "$1/folder"',
      'sh',
      machine.project,
    ]);
    expect(made).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    for (const name of ['from-guest', 'folder']) {
      const { uid: owner, gid } = await stat(join(machine.project, name));
      expect([owner, gid]).toEqual([process.getuid?.(), process.getgid?.()]);
    }
  });

  test('keeps protected files from the guest’s root, before and after the host replaced one by rename', async () => {
    expect(await inGuest(ATTACK)).toBe('finished');
    expect(await manifest()).toBe('name: one\n');
    await writeFile(join(machine.project, 'new'), 'name: two\n');
    await rename(join(machine.project, 'new'), join(machine.project, 'agentvm.yaml'));
    expect(await eventually(async () => (await inGuest('cat "$1/agentvm.yaml"')) === 'name: two')).toBe(true);
    expect(await inGuest(ATTACK)).toBe('finished');
    expect(await manifest()).toBe('name: two\n');
  });

  test('moves what is planted aside and says so', async () => {
    await inGuest('echo evil > "$1/.envrc"');
    const notes = async () => (await machine.driver.inspect(machine.context, ref, { refresh: true })).notes;
    expect(
      await eventually(async () => (await notes())?.some((note) => note.includes("'.envrc'")) ?? false),
    ).toBe(true);
    expect(await inGuest('ls -A "$1" | grep envrc')).toMatch(/^\.envrc\.from-guest/);
  });

  test('takes back what git on the host would run, and lets the rest be written', async () => {
    execFileSync('git', ['init', '-q', machine.project]);
    const config = join(machine.project, '.git/config');
    const written = await inGuest(
      'cd "$1" && git -c safe.directory="$1" config core.fsmonitor ./evil && git -c safe.directory="$1" config user.name Ada',
    );
    expect(written).toBe('');
    const text = () => readFile(config, 'utf8');
    expect(await eventually(async () => !(await text()).includes('evil'))).toBe(true);
    expect(await text()).toContain('name = Ada');
    const { notes } = await machine.driver.inspect(machine.context, ref, { refresh: true });
    expect(notes?.filter((note) => note.includes('git would obey core.fsmonitor'))).toHaveLength(1);
  });

  test('a read-only mount refuses the guest’s root', async () => {
    const refused = await inGuest(`
      mount -o remount,rw /mnt/data 2>/dev/null
      echo x > /mnt/data/new; echo x >> /run/agentvm/shares/aaaaaaaaaaaa/file; cat /mnt/data/file`);
    expect(refused.split('\n').at(0)).toBe('data');
    expect(refused.match(/Read-only file system/g)).toHaveLength(2);
    expect(await readFile(join(data, 'file'), 'utf8')).toBe('data\n');
  });

  test('a mount source that the guest made a link is refused by name, and what ran before goes on', async () => {
    const secret = join(machine.root, 'secret');
    await mkdir(secret);
    await writeFile(join(secret, 'key'), 'key');
    await symlink(secret, join(machine.project, 'innocent'));
    const link: Share = {
      id: 'bbbbbbbbbbbb',
      hostPath: join(machine.project, 'innocent'),
      target: secret,
      within: machine.project,
      guestPath: '/mnt/innocent',
      mode: 'ro',
      protect: [],
    };
    const update = machine.driver.updateLive(machine.context, ref, {
      ...spec,
      shares: [...spec.shares, link],
    });
    const failure = await failureOf(update);
    expect([failure.code, failure.message]).toEqual([
      'MOUNT_SOURCE_IS_LINK',
      `The mount source '${link.hostPath}' is a symbolic link, in a folder that the guest can write to`,
    ]);
    expect(await inGuest('ls /run/agentvm/shares')).toBe('aaaaaaaaaaaa\npackages\nworkspace');
  });
});
