import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectQmp } from '../../src/lib/qmp.ts';
import type { DriftDocument } from '../../src/model/drift.ts';
import { type InstalledCli, installCli } from '../support/installed-cli.ts';
import { processesWith } from '../support/processes.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { testUser } from '../support/test-user.ts';

const manifest = (disk: string): string => `apiVersion: agentvm/v1
name: shop
agents: [five, folders] # small ones
base:
  scripts: [./setup.sh]
resources: {cpus: 2, memory: 1GiB, disk: ${disk}}
mounts: [{host: ./library, guest: /library}]
env: {SHOP_MODE: test}
`;

const agent = (name: string, npm: string): string => `apiVersion: agentvm-agent/v1
name: ${name}
install: {npm: ${npm}, bin: ${npm}}
version: {pattern: '^(\\d+\\.\\d+\\.\\d+)'}
`;

/** A package of our own in a repository of its own: loading the distribution's lists takes a minute in the guest. */
const REPOSITORY = `set -e
mkdir -p /srv/repo/driftling/DEBIAN
cd /srv/repo
printf 'Package: driftling\\nVersion: 1\\nArchitecture: all\\nMaintainer: t <t@example.org>\\nDescription: d\\n' >driftling/DEBIAN/control
dpkg-deb --build driftling driftling.deb
{
  cat driftling/DEBIAN/control
  printf 'Filename: ./driftling.deb\\nSize: %s\\nSHA256: %s\\n' \\
    "$(stat -c %s driftling.deb)" "$(sha256sum driftling.deb | head -c 64)"
} >Packages
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/srv/repo ./' >/etc/apt/sources.list
apt-get -q update
apt-get -qy install driftling
`;

const TAMPER = `set -e
dpkg --remove driftling
umount /library
echo '10.9.8.7 elsewhere' >>/etc/hosts
echo 'export SHOP_MODE=live' >>/etc/agentvm/env
echo 'exit 0' >/usr/local/lib/agentvm/unmount-share
rm /usr/local/bin/json5
printf '#!/bin/sh\\necho 2.2.2\\n' >/usr/local/bin/json5
chmod 755 /usr/local/bin/json5
for file in /opt/agentvm/agents/folders/*/node_modules/mkdirp/package.json; do echo >>"$file"; done
rm -r /var/lib/agentvm/scripts
rm /etc/sudoers.d/agentvm
echo other >/proc/sys/kernel/hostname
ip route del default
`;

/** Who is no root on the host is none in the guest either, and needs its sudo for what is to be healed. */
const user = process.getuid?.() === 0 ? testUser() : undefined;

describe('drift on a real machine', () => {
  let cli: InstalledCli;

  /** In what the machine drifted, as `field: text`, and the exit code. */
  const drift = async (...args: readonly string[]) => {
    const { stdout, stderr, exitCode } = await cli.run(['drift', '--json', '--exit-code', ...args]);
    const report: DriftDocument = JSON.parse(stdout);
    expect([schemaErrors(report), stderr]).toEqual([[], '']);
    const items = report.facets.flatMap((facet) => facet.items);
    const unknown = report.facets.flatMap(({ facet, look }) => (look.kind === 'unknown' ? [facet] : []));
    return {
      exitCode,
      unknown,
      items: items.map(({ field, movement, text }) => `${field} ${movement}: ${text}`),
    };
  };
  const none = { exitCode: 0, unknown: [], items: [] };
  const inGuest = async (script: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await cli.run(['exec', 'sudo', '-n', 'sh', '-s'], { stdin: script });
    expect([exitCode, stderr.replace(/^dpkg: warning.*\n/gm, '')]).toEqual([0, expect.any(String)]);
    return stdout;
  };
  const applied = async (...args: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await cli.run(['apply', '--yes', ...args]);
    expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  };
  const machineFile = (name: string): string => {
    const machines = join(cli.stateDir, 'machines');
    return join(machines, readdirSync(machines)[0] ?? '', name);
  };

  beforeAll(async () => {
    cli = await installCli(user === undefined ? {} : { user });
    await cli.write('agentvm.yaml', manifest('8GiB'));
    await cli.write('setup.sh', '#!/bin/sh\ndate >/var/lib/setup-ran\n');
    await cli.write('.agentvm/agents/five.yaml', agent('five', 'json5'));
    await cli.write('.agentvm/agents/folders.yaml', agent('folders', 'mkdirp'));
    await cli.write('library/book', 'page\n');
    await applied();
  });
  afterAll(async () => {
    if (cli === undefined) return;
    await cli.run(['rm', '--yes']);
    await cli.remove();
  });

  it('a machine that was just made has not drifted', async () => {
    expect(await drift('--deep')).toEqual(none);
    expect((await cli.run(['plan', '--refresh', '--exit-code'])).exitCode).toBe(0);
  });

  it('what was installed by hand is imported, and adopted without being installed again', async () => {
    await inGuest(REPOSITORY);
    expect(await cli.run(['import', '--write'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('\n+  packages: [driftling]\n'),
    });
    expect((await cli.run(['plan', '--refresh'])).stdout).toMatch(
      /\+ base\.packages +driftling +noop \(adopted\)/,
    );
    await applied();
  });

  it('each thing that was changed inside is told as what it is, and healed', async () => {
    await inGuest(TAMPER);
    const { exitCode, unknown, items } = await drift('--deep');
    expect([exitCode, unknown, items]).toEqual([
      2,
      [],
      [
        'mounts[/library] drift: /library: mounted → not mounted',
        'base.packages[driftling] drift: driftling: installed → missing',
        'base.scripts[setup.sh] drift: setup.sh: ran → no trace that it ran',
        expect.stringMatching(/^agents\[five\]\.version drift: five: 2\.2\.3 → 2\.2\.2$/),
        expect.stringMatching(/^agents\[folders\]\.version drift: folders: (\S+) → \1, altered$/),
        'guest.files[/usr/local/lib/agentvm/unmount-share] drift: /usr/local/lib/agentvm/unmount-share: as written → changed',
        expect.stringMatching(/^guest\.files\[\/etc\/ssh\/agentvm_ssh_host_ed25519_key\] unknown: /),
        'guest.files[/etc/sudoers.d/agentvm] drift: /etc/sudoers.d/agentvm: as written → missing',
        'guest.files[/etc/hosts] drift: /etc/hosts: as written → changed',
        'guest.files[/etc/agentvm/env] drift: /etc/agentvm/env: as written → changed',
        'guest.route drift: default route: there → gone',
        'guest.hostname drift: hostname: shop → other',
      ],
    ]);
    await applied();
    expect(await drift('--deep')).toEqual(none);
    const healed =
      'cat /library/book; hostname; json5 --version; echo $SHOP_MODE; ls /var/lib/agentvm/scripts | wc -l';
    expect((await cli.run(['exec', 'sh', '-c', healed])).stdout).toBe('page\nshop\n2.2.3\ntest\n1\n');
  });

  it('a paused guest is told as paused, and goes on', async () => {
    const note = JSON.parse(readFileSync(machineFile('keeper.json'), 'utf8'));
    // QEMU greets one client at a time, and that is the keeper.
    process.kill(note.pid, 'SIGKILL');
    const [socket] = readdirSync(join(cli.stateDir, 'r'));
    const qmp = await connectQmp(join(cli.stateDir, 'r', socket ?? '', 'q'), { timeoutMs: 10_000 });
    await qmp.execute('stop');
    qmp.close();
    expect(await drift()).toMatchObject({ exitCode: 2, items: ['power drift: running → paused'] });
    await applied();
    expect(await drift('--deep')).toEqual(none);
  });

  it('a full disk is told as full, a killed QEMU as crashed; a larger disk and a start heal both', async () => {
    await inGuest('fallocate -l $(($(stat -f -c "%a * %S" /) - 104857600)) /full\n');
    expect(await drift('--deep')).toMatchObject({
      exitCode: 2,
      items: [
        expect.stringMatching(
          /^guest\.room drift: root file system: room → 9\d % full, 0\.1 of \d\.\d GiB left$/,
        ),
      ],
    });
    const [qemu] = processesWith('qemu-system', cli.stateDir);
    process.kill(Number(qemu?.pid), 'SIGKILL');
    expect(await drift()).toMatchObject({
      exitCode: 2,
      items: [expect.stringMatching(/^power drift: running → crashed: .*SIGKILL/)],
    });
    const text = readFileSync(join(cli.project, 'agentvm.yaml'), 'utf8');
    await cli.write('agentvm.yaml', text.replace('disk: 8GiB', 'disk: 10GiB'));
    await applied();
    // The guest grows its file system after its SSH server answers.
    await expect.poll(() => drift('--deep'), { timeout: 60_000, interval: 2000 }).toEqual(none);
  });
});
