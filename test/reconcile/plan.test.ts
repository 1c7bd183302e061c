import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/model/fields.ts';
import type { FieldLimit } from '../../src/model/plan.ts';
import {
  BASE,
  byDefault,
  edited,
  GIB,
  mount,
  observedOf,
  pkg,
  planOf,
  port,
  script,
  set,
  shown,
  stateOf,
} from '../support/planning.ts';

const editing = (changes: readonly Field[], without: readonly string[] = []) =>
  edited(BASE, changes, without);

describe('a machine that is not there', () => {
  test('is made', () => {
    expect(
      shown(planOf({ machineId: null, applied: null, observed: observedOf('absent') })),
    ).toMatchInlineSnapshot(`
      "
      my-app  qemu, not created                        agentvm.yaml @ 3f9c1e
        + name                    my-app               create
        + driver                  qemu                 create
        + agent                   claude               create
        + agents[claude].version  latest               create
        + base.image              debian-12            create
        + base.packages           git, jq              create
        + base.scripts            scripts/10-tools.sh, scripts/20-setup.sh  create
        + resources.cpus          4                    create
        + resources.memory        4GiB                 create
        + resources.disk          40GiB                create
        + workspace.guestPath     /home/ada/my-app     create
        + workspace.mode          rw                   create
        + mounts                  ~/data → /data (ro)  create
        + ports                   8080 → 80            create
        + env                     NODE_ENV set         create
        + lifecycle.protect       false                create
      Plan: create the machine with 18 fields.
      Run: agentvm apply

      layer.ensure
      machine.create | after layer.ensure | records driver base.image base.packages[git] base.packages[jq] resources.disk name
      machine.start | after machine.create | records resources.cpus resources.memory workspace.guestPath workspace.mode mounts[/data] ports[8080:80]
      env.write | after machine.start | records env[NODE_ENV]
      script.run:scripts/10-tools.sh | after env.write | records base.scripts[scripts/10-tools.sh]
      script.run:scripts/20-setup.sh | after script.run:scripts/10-tools.sh | records base.scripts[scripts/20-setup.sh]
      agent.install:claude | after script.run:scripts/20-setup.sh | records agents[claude].version
      record | after agent.install:claude | records agent lifecycle.protect
      "
    `);
  });

  test('is made again when it is gone, with what was resolved', () => {
    const made = planOf({
      desired: editing([], ['base.scripts[scripts/20-setup.sh]']),
      observed: observedOf('absent'),
    });
    expect(shown(made)).toMatchInlineSnapshot(`
      "
      my-app  qemu, not created                        agentvm.yaml @ 3f9c1e, observed 1 s ago
        ! machine                 absent → running     create: the machine that agentvm had made is gone
        + name                    my-app               create
        + driver                  qemu                 create
        + agent                   claude               create
        + agents[claude].version  latest               create
        + base.image              debian-12            create
        + base.packages           git, jq              create
        + base.scripts            scripts/10-tools.sh  create
        - base.scripts            scripts/20-setup.sh  noop
        + resources.cpus          4                    create
        + resources.memory        4GiB                 create
        + resources.disk          40GiB                create
        + workspace.guestPath     /home/ada/my-app     create
        + workspace.mode          rw                   create
        + mounts                  ~/data → /data (ro)  create
        + ports                   8080 → 80            create
        + env                     NODE_ENV set         create
        + lifecycle.protect       false                create
      Plan: create the machine with 17 fields.
      Run: agentvm apply

      layer.ensure
      machine.create | after layer.ensure | records driver base.image base.packages[git] base.packages[jq] resources.disk name | undoes agents[claude].version base.scripts[scripts/10-tools.sh] base.scripts[scripts/20-setup.sh] env[NODE_ENV]
      machine.start | after machine.create | records resources.cpus resources.memory workspace.guestPath workspace.mode mounts[/data] ports[8080:80]
      env.write | after machine.start | records env[NODE_ENV]
      script.run:scripts/10-tools.sh | after env.write | records base.scripts[scripts/10-tools.sh]
      agent.install:claude | after script.run:scripts/10-tools.sh | records agents[claude].version
      record | after agent.install:claude | records agent base.scripts[scripts/20-setup.sh] lifecycle.protect
      "
    `);
    expect(made.steps.find(({ id }) => id === 'agent.install:claude')?.action).toEqual({
      kind: 'agent.install',
      name: 'claude',
      version: '2.1.3',
    });
  });

  test('goes on being made where that was cut off before its disk was there', () => {
    const applied = stateOf([], { phase: 'creating' });
    expect(planOf({ applied, observed: observedOf('stopped') }).steps.map(({ id }) => id)).toEqual(
      planOf({ applied: null, observed: observedOf('absent') }).steps.map(({ id }) => id),
    );
  });

  test('is finished where making it was cut off later', () => {
    const done = BASE.filter(({ path }) =>
      ['name', 'driver', 'base.image', 'resources.disk', 'base.packages[]'].includes(path),
    );
    const applied = stateOf(done, { phase: 'creating' });
    expect(shown(planOf({ applied, observed: observedOf('stopped') }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, stopped                            agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ machine                 stopped → running    live: the machine is stopped
        + agent                   claude               noop: the next session starts with it
        + agents[claude].version  latest               reapply
        + base.scripts            scripts/10-tools.sh  reapply
        + base.scripts            scripts/20-setup.sh  reapply
        + resources.cpus          4                    live: the machine is not running; it starts with the new value
        + resources.memory        4GiB                 live: the machine is not running; it starts with the new value
        + workspace.guestPath     /home/ada/my-app     live
        + workspace.mode          rw                   live
        + mounts                  ~/data → /data (ro)  live
        + ports                   8080 → 80            live
        + env                     NODE_ENV set         live
        + lifecycle.protect       false                noop: nothing in the machine depends on it
      Plan: start the machine, 3 reapply, 7 live, 2 noop. 6 fields unchanged.
      Run: agentvm apply

      machine.start | records resources.cpus resources.memory workspace.guestPath workspace.mode mounts[/data] ports[8080:80]
      env.write | after machine.start | records env[NODE_ENV]
      script.run:scripts/10-tools.sh | after env.write | records base.scripts[scripts/10-tools.sh]
      script.run:scripts/20-setup.sh | after script.run:scripts/10-tools.sh | records base.scripts[scripts/20-setup.sh]
      agent.install:claude | after script.run:scripts/20-setup.sh | records agents[claude].version
      record | after agent.install:claude | records agent lifecycle.protect
      "
    `);
  });

  test('is finished although only the end of making it is missing', () => {
    const applied = stateOf(BASE, { phase: 'creating' });
    expect(shown(planOf({ applied }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running  agentvm.yaml @ 3f9c1e, observed 1 s ago
      Plan: finish the creation. 18 fields unchanged.
      Run: agentvm apply

      record
      "
    `);
  });
});

describe('an edit', () => {
  test('of nothing', () => {
    const made = planOf();
    expect(shown(made)).toMatchInlineSnapshot(`
      "
      my-app  qemu, running  agentvm.yaml @ 3f9c1e, observed 1 s ago
      Plan: nothing to do. 18 fields unchanged.


      "
    `);
    expect(made.steps).toEqual([]);
  });

  test('of memory, a package and a port', () => {
    const desired = editing([set('resources.memory', 8192), pkg('ripgrep'), port('3000', 3000)]);
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        + base.packages     ripgrep      reapply
        ~ resources.memory  4GiB → 8GiB  restart: a running machine keeps the memory it was started with
        + ports             3000         live
      Plan: 1 restart, 1 reapply, 1 live. 17 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records resources.memory ports[3000]
      packages.change | after machine.start | records base.packages[ripgrep]
      "
    `);
  });

  test('of cpus and of the size of the disk', () => {
    const desired = editing([set('resources.cpus', 8), set('resources.disk', 60 * GIB)]);
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ resources.cpus  4 → 8          restart: a running machine keeps the processors it was started with
        ~ resources.disk  40GiB → 60GiB  restart: the root disk grows while the machine is stopped
      Plan: 2 restart. 16 fields unchanged.
      Run: agentvm apply

      machine.stop
      disk.grow | after machine.stop | records resources.disk
      machine.start | after disk.grow | records resources.cpus
      "
    `);
  });

  test('of packages, scripts and an agent', () => {
    const desired = editing(
      [
        pkg('ripgrep'),
        script('scripts/20-setup.sh', 'c'),
        script('scripts/15-more.sh', 'd'),
        set('agents[].version', '2.2.0', 'claude'),
        set('agents[].version', 'latest', 'codex'),
      ],
      ['base.packages[jq]', 'base.scripts[scripts/10-tools.sh]'],
    );
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                                             agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ agents[claude].version  latest → 2.2.0                        reapply
        + agents[codex].version   latest                                reapply
        - base.packages           jq                                    reapply
        + base.packages           ripgrep                               reapply
        - base.scripts            scripts/10-tools.sh                   noop: what the script did stays in the guest
        + base.scripts            scripts/15-more.sh                    reapply
        ~ base.scripts            scripts/20-setup.sh: content changed  reapply
      Plan: 6 reapply, 1 noop. 14 fields unchanged.
      Run: agentvm apply

      packages.change | records base.packages[jq] base.packages[ripgrep]
      script.run:scripts/15-more.sh | after packages.change | records base.scripts[scripts/15-more.sh]
      script.run:scripts/20-setup.sh | after script.run:scripts/15-more.sh | records base.scripts[scripts/20-setup.sh]
      agent.install:claude | after script.run:scripts/20-setup.sh | records agents[claude].version
      agent.install:codex | after script.run:scripts/20-setup.sh | records agents[codex].version
      record | after agent.install:claude agent.install:codex | records base.scripts[scripts/10-tools.sh]
      "
    `);
  });

  test('that removes an agent', () => {
    const desired = editing([], ['agent', 'agents[claude].version']);
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running               agentvm.yaml @ 3f9c1e, observed 1 s ago
        - agent                   claude  noop: the next session starts with it
        - agents[claude].version  latest  reapply
      Plan: 1 reapply, 1 noop. 16 fields unchanged.
      Run: agentvm apply

      agent.remove:claude | records agents[claude].version
      record | after agent.remove:claude | records agent
      "
    `);
  });

  test('of what changes while the machine runs', () => {
    const desired = editing(
      [
        port('9090:80', 80, 9090),
        port('0.0.0.0:443:443', 443, 443, '0.0.0.0'),
        mount('/home/ada/data', '/data', 'rw'),
        mount('/srv/models', '/models'),
        set('workspace.mode', 'ro'),
        set('workspace.protect[]', true, '.envrc'),
        set('env[]', { digest: 'd2' }, 'NODE_ENV'),
        set('env[]', { digest: 'd3' }, 'EDITOR'),
      ],
      ['ports[8080:80]'],
    );
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                              agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ workspace.mode     rw → ro                     live
        + workspace.protect  .envrc                      live
        ~ mounts             ~/data → /data (ro), now ~/data → /data (rw)  live
        + mounts             /srv/models → /models (ro)  live
        + ports              0.0.0.0:443 → 443           live
        - ports              8080 → 80                   live
        + ports              9090 → 80                   live
        + env                EDITOR set                  live
        ~ env                NODE_ENV changed            live
      Plan: 9 live. 14 fields unchanged.
      Run: agentvm apply

      mount.remove:/data | undoes mounts[/data]
      port.remove:8080:80 | records ports[8080:80]
      workspace.set | after mount.remove:/data port.remove:8080:80 | records workspace.mode
      protect.set | after workspace.set | records workspace.protect[.envrc]
      mount.add:/data | after protect.set | records mounts[/data]
      mount.add:/models | after protect.set | records mounts[/models]
      port.add:0.0.0.0:443:443 | after protect.set | records ports[0.0.0.0:443:443]
      port.add:9090:80 | after protect.set | records ports[9090:80]
      env.write | after mount.add:/data mount.add:/models port.add:0.0.0.0:443:443 port.add:9090:80 | records env[EDITOR] env[NODE_ENV]
      "
    `);
  });

  test('of what the guest may reach, while it runs', () => {
    const egress = (allow: readonly string[], deny: readonly string[] = []) =>
      set('network.egress', { allow: [...allow], deny: [...deny] });
    const secret = (hosts: readonly string[]) =>
      set('secrets[]', { hosts: [...hosts], source: { from: 'env', variable: 'TOKEN' } }, 'TOKEN');
    const before = edited(BASE, [
      egress(['github.com', 'pypi.org'], ['gist.github.com']),
      set('network.ports[]', true, '9418'),
      secret(['api.github.com']),
    ]);
    const after = edited(
      BASE,
      [
        egress(['*.github.com', 'github.com'], ['gist.github.com', 'raw.github.com:80']),
        set('network.hostPorts[]', true, '11434'),
        secret(['api.github.com', 'github.com']),
      ],
      ['network.ports[9418]'],
    );
    expect(shown(planOf({ applied: stateOf(before), desired: after }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running         agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ secrets            TOKEN: from env to api.github.com → from env to api.github.com, github.com  live
        ~ network.egress     +*.github.com, -pypi.org, +not raw.github.com:80  live
        - network.ports      9418   live
        + network.hostPorts  11434  live
      Plan: 4 live. 18 fields unchanged.
      Run: agentvm apply

      network.set | records network.egress network.ports[9418] network.hostPorts[11434]
      env.write | after network.set | records secrets[TOKEN]
      "
    `);
    const none = edited(before, [set('network.egress', 'none')], ['secrets[TOKEN]']);
    expect(shown(planOf({ applied: stateOf(before), desired: none }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                                  agentvm.yaml @ 3f9c1e, observed 1 s ago
        - secrets         TOKEN: from env to api.github.com  live
        ~ network.egress  github.com, pypi.org, not gist.github.com → none  live
      Plan: 2 live. 19 fields unchanged.
      Run: agentvm apply

      network.set | records network.egress
      env.write | after network.set | records secrets[TOKEN]
      "
    `);
  });

  test('of what the guest may reach, from an open network and back', () => {
    const opened = edited(BASE, [set('network.egress', 'open'), set('network.ports[]', true, '9418')]);
    const held = edited(BASE, [set('network.egress', 'public')]);
    expect(shown(planOf({ applied: stateOf(held), desired: opened }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ network.egress  public → open  restart: a machine leaves the network that agentvm holds only at its start
        + network.ports   9418           live
      Plan: 1 restart, 1 live. 18 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records network.egress network.ports[9418]
      "
    `);
    expect(shown(planOf({ applied: stateOf(opened), desired: held }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ network.egress  open → public  restart: a machine gets the network that agentvm holds at its start
        - network.ports   9418           live
      Plan: 1 restart, 1 live. 18 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records network.egress network.ports[9418]
      "
    `);
  });

  test('of an open default of an earlier release changes nothing', () => {
    const applied = stateOf(edited(BASE, [byDefault('network.egress', 'open')]));
    const now = edited(BASE, [byDefault('network.egress', 'public')]);
    const seen = observedOf('running', { 'network.egress': { kind: 'known', value: 'open' } });
    expect(planOf({ applied, desired: now, observed: seen }).changes).toEqual([]);
  });

  test('of a network that is not as it was set', () => {
    const list = edited(BASE, [set('network.egress', { allow: ['github.com'], deny: [] })]);
    const seen = observedOf('running', { 'network.egress': { kind: 'known', value: 'open' } });
    expect(shown(planOf({ applied: stateOf(list), desired: list, observed: seen }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                  agentvm.yaml @ 3f9c1e, observed 1 s ago
        ! network.egress  open → github.com  restart (drift): a machine gets the network that agentvm holds at its start
      Plan: 1 restart. 18 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records network.egress
      "
    `);
  });

  test('of what needs no work', () => {
    const desired = editing([
      set('labels[]', 'platform', 'team'),
      set('drift.policy', 'heal'),
      set('agents[].args', ['--model', 'opus'], 'claude'),
    ]);
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                        agentvm.yaml @ 3f9c1e, observed 1 s ago
        + agents[claude].args  ["--model","opus"]  noop: the next session starts with it
        + drift.policy         heal                noop: nothing in the machine depends on it
        + labels               team: platform      noop: nothing in the machine depends on it
      Plan: 3 noop. 18 fields unchanged.
      Run: agentvm apply

      record | records agents[claude].args drift.policy labels[team]
      "
    `);
  });

  test('of the image', () => {
    const desired = editing([set('base.image', { name: 'debian-13' }), pkg('ripgrep'), port('3000', 3000)]);
    expect(shown(planOf({ desired }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                     agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ base.image     debian-12 → debian-13  recreate: another image means a new root disk
        + base.packages  ripgrep                reapply
        + ports          3000                   live
      Plan: 1 recreate, 1 reapply, 1 live. 17 fields unchanged.
      Run: agentvm apply --allow recreate

      layer.ensure
      machine.stop | after layer.ensure
      root.replace | after machine.stop | records base.image base.packages[ripgrep] | undoes agents[claude].version base.scripts[scripts/10-tools.sh] base.scripts[scripts/20-setup.sh] env[NODE_ENV]
      machine.start | after root.replace | records ports[3000]
      env.write | after machine.start | records env[NODE_ENV]
      script.run:scripts/10-tools.sh | after env.write | records base.scripts[scripts/10-tools.sh]
      script.run:scripts/20-setup.sh | after script.run:scripts/10-tools.sh | records base.scripts[scripts/20-setup.sh]
      agent.install:claude | after script.run:scripts/20-setup.sh | records agents[claude].version
      "
    `);
  });

  test('that shrinks the disk', () => {
    expect(shown(planOf({ desired: editing([set('resources.disk', 20 * GIB)]) }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ resources.disk  40GiB → 20GiB  recreate: a disk cannot shrink, so a smaller one is a new root disk
      Plan: 1 recreate. 17 fields unchanged.
      Run: agentvm apply --allow recreate

      layer.ensure
      machine.stop | after layer.ensure
      root.replace | after machine.stop | records resources.disk | undoes agents[claude].version base.scripts[scripts/10-tools.sh] base.scripts[scripts/20-setup.sh] env[NODE_ENV]
      machine.start | after root.replace
      env.write | after machine.start | records env[NODE_ENV]
      script.run:scripts/10-tools.sh | after env.write | records base.scripts[scripts/10-tools.sh]
      script.run:scripts/20-setup.sh | after script.run:scripts/10-tools.sh | records base.scripts[scripts/20-setup.sh]
      agent.install:claude | after script.run:scripts/20-setup.sh | records agents[claude].version
      "
    `);
  });

  test('of the name, by agentvm mv', () => {
    expect(shown(planOf({ desired: editing([set('name', 'other-app')]) }))).toMatchInlineSnapshot(`
      "
      other-app  qemu, running      agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ name  my-app → other-app  live
      Plan: 1 live. 17 fields unchanged.
      Run: agentvm apply

      machine.rename | records name
      "
    `);
  });

  test('that the driver makes dearer', () => {
    const limit = ({ path }: Field): FieldLimit | undefined =>
      path === 'mounts[]'
        ? { kind: 'raise', to: 'restart', text: 'lima cannot mount into a running machine' }
        : undefined;
    const desired = editing([mount('/srv/models', '/models')]);
    expect(planOf({ desired, limit, observed: observedOf('stopped') }).strategy).toBe('live');
    expect(shown(planOf({ desired, limit }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                   agentvm.yaml @ 3f9c1e, observed 1 s ago
        + mounts  /srv/models → /models (ro)  restart: lima cannot mount into a running machine
      Plan: 1 restart. 18 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records mounts[/models]
      "
    `);
  });

  test('that writes out a default costs nothing', () => {
    expect(planOf({ desired: editing([set('resources.disk', 40 * GIB)]) }).steps).toEqual([]);
  });

  test('that takes a value out returns to the default', () => {
    expect(shown(planOf({ desired: editing([byDefault('resources.memory', 2048)]) }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ resources.memory  4GiB → 2GiB  restart: a running machine keeps the memory it was started with
      Plan: 1 restart. 17 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records resources.memory
      "
    `);
  });
});

describe('power', () => {
  test('a stopped machine is started', () => {
    expect(shown(planOf({ observed: observedOf('stopped') }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, stopped           agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ machine  stopped → running  live: the machine is stopped
      Plan: start the machine. 18 fields unchanged.
      Run: agentvm apply

      machine.start
      "
    `);
  });

  test('a stopped machine starts with new values, which then cost no restart', () => {
    const desired = editing([
      set('resources.memory', 8192),
      set('resources.disk', 60 * GIB),
      port('3000', 3000),
      pkg('ripgrep'),
    ]);
    expect(shown(planOf({ desired, observed: observedOf('stopped') }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, stopped                    agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ machine           stopped → running  live: the machine is stopped
        + base.packages     ripgrep            reapply
        ~ resources.memory  4GiB → 8GiB        live: the machine is not running; it starts with the new value
        ~ resources.disk    40GiB → 60GiB      live: the machine is not running; it starts with the new value
        + ports             3000               live
      Plan: start the machine, 1 reapply, 3 live. 16 fields unchanged.
      Run: agentvm apply

      disk.grow | records resources.disk
      machine.start | after disk.grow | records resources.memory ports[3000]
      packages.change | after machine.start | records base.packages[ripgrep]
      "
    `);
  });

  test('a crashed machine is started again', () => {
    const observed = observedOf('crashed', {}, 'QEMU was ended by signal 9');
    expect(shown(planOf({ observed }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, crashed           agentvm.yaml @ 3f9c1e, observed 1 s ago
        ! machine  crashed → running  live: QEMU was ended by signal 9
      Plan: start the machine. 18 fields unchanged.
      Run: agentvm apply

      machine.start
      "
    `);
  });

  test('a paused machine runs on', () => {
    expect(shown(planOf({ observed: observedOf('paused') }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, paused           agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ machine  paused → running  live: the machine is paused
      Plan: resume the machine. 18 fields unchanged.
      Run: agentvm apply

      machine.resume
      "
    `);
  });

  test('a paused machine runs on before it is restarted, so that it ends in order', () => {
    const desired = editing([set('resources.memory', 8192)]);
    expect(planOf({ desired, observed: observedOf('paused') }).steps.map(({ id }) => id)).toEqual([
      'machine.resume',
      'machine.stop',
      'machine.start',
    ]);
  });

  test('nothing is done while it is unknown', () => {
    const observed = observedOf('unknown', {}, 'the keeper does not answer');
    expect(shown(planOf({ observed }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, state unknown  agentvm.yaml @ 3f9c1e, observed 1 s ago
      Blocked: whether the machine runs could not be found out: the keeper does not answer
        Look at it again: agentvm plan --refresh; check this host: agentvm doctor


      "
    `);
  });
});

describe('a new root disk', () => {
  const desired = editing([set('base.image', { name: 'debian-13' })]);
  const kindsAt = (power: 'stopped' | 'crashed' | 'paused') =>
    planOf({ desired, observed: observedOf(power) })
      .steps.slice(0, 5)
      .map(({ id }) => id);

  test('needs no stop of a machine that is down', () => {
    const down = [
      'layer.ensure',
      'root.replace',
      'machine.start',
      'env.write',
      'script.run:scripts/10-tools.sh',
    ];
    expect(kindsAt('stopped')).toEqual(down);
    expect(kindsAt('crashed')).toEqual(down);
  });

  test('is put in after a paused machine ended in order', () => {
    expect(kindsAt('paused')).toEqual([
      'layer.ensure',
      'machine.resume',
      'machine.stop',
      'root.replace',
      'machine.start',
    ]);
  });
});

describe('drift', () => {
  test('is mended', () => {
    const observed = observedOf('running', {
      'base.packages[git]': { kind: 'known', value: true },
      'base.packages[jq]': { kind: 'absent' },
      'agents[claude].version': { kind: 'known', value: '2.1.2' },
      'resources.memory': { kind: 'known', value: 2048 },
      'ports[8080:80]': { kind: 'absent' },
    });
    const made = planOf({ observed });
    expect(shown(made)).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                      agentvm.yaml @ 3f9c1e, observed 1 s ago
        ! agents[claude].version  2.1.2 → 2.1.3  reapply (drift)
        ! base.packages           jq is missing in the guest; agentvm had installed it  reapply (drift)
        ! resources.memory        2GiB → 4GiB    restart (drift): a running machine keeps the memory it was started with
        ! ports                   8080 → 80 is gone; agentvm had set it  live (drift)
      Plan: 1 restart, 2 reapply, 1 live. 14 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records resources.memory ports[8080:80]
      packages.change | after machine.start | records base.packages[jq]
      agent.install:claude | after packages.change | records agents[claude].version
      "
    `);
    expect(made.steps.find(({ id }) => id === 'agent.install:claude')?.title).toBe(
      'install the agent claude 2.1.3',
    );
  });

  test('is none where what is there is what was resolved', () => {
    const observed = observedOf('running', {
      'agents[claude].version': { kind: 'known', value: '2.1.3' },
      'resources.disk': { kind: 'known', value: 80 * GIB },
      'ports[8080:80]': { kind: 'known', value: { guest: 80, host: 8080, address: '127.0.0.1' } },
    });
    expect(planOf({ observed }).changes).toEqual([]);
  });

  test('is none for a port that was left to the host', () => {
    const fields = edited(BASE, [port('auto:80', 80, 'auto')]);
    const observed = observedOf('running', {
      'ports[auto:80]': { kind: 'known', value: { guest: 80, host: 49_152, address: '127.0.0.1' } },
    });
    expect(planOf({ desired: fields, applied: stateOf(fields), observed }).changes).toEqual([]);
  });

  test('against an edit is a conflict, and the manifest is done', () => {
    const desired = editing([set('resources.memory', 8192)], ['base.packages[git]']);
    const observed = observedOf('running', { 'resources.memory': { kind: 'known', value: 2048 } });
    expect(shown(planOf({ desired, observed }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running              agentvm.yaml @ 3f9c1e, observed 1 s ago
        - base.packages     git          reapply (edit)
        ! resources.memory  2GiB → 8GiB  restart (conflict): a running machine keeps the memory it was started with
      Plan: 1 restart, 1 reapply. 16 fields unchanged.
      Run: agentvm apply

      machine.stop
      machine.start | after machine.stop | records resources.memory
      packages.change | after machine.start | records base.packages[git]
      "
    `);
  });

  test('is unknown where the guest is silent, which is no reason to do anything', () => {
    const observed = observedOf('running', {
      'base.packages[git]': { kind: 'unknown', why: 'the guest does not answer' },
      'base.packages[jq]': { kind: 'unknown', why: 'the guest does not answer' },
    });
    expect(shown(planOf({ observed }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running       agentvm.yaml @ 3f9c1e, observed 1 s ago
        ! base.packages  git, jq  unknown: the guest does not answer
      Plan: nothing to do. 16 fields unchanged. 2 fields could not be looked at.


      "
    `);
  });
});

describe('what was there already', () => {
  test('is adopted', () => {
    const desired = editing([pkg('bash'), set('agents[].version', '2.1.3', 'claude')]);
    const observed = observedOf('running', { 'base.packages[bash]': { kind: 'known', value: true } });
    expect(shown(planOf({ desired, observed }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                       agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ agents[claude].version  latest → 2.1.3  noop (adopted): it is so already
        + base.packages           bash            noop (adopted): it is so already
      Plan: 2 noop. 17 fields unchanged.
      Run: agentvm apply

      record | records agents[claude].version base.packages[bash]
      "
    `);
  });

  test('stays when the manifest no longer asks for it', () => {
    const state = stateOf(editing([pkg('bash')]));
    const bash = state.fields['base.packages[bash]'];
    if (bash === undefined) throw new Error('bash was applied');
    const applied = {
      ...state,
      fields: { ...state.fields, 'base.packages[bash]': { ...bash, isAdopted: true as const } },
    };
    expect(shown(planOf({ applied }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running    agentvm.yaml @ 3f9c1e, observed 1 s ago
        - base.packages  bash  noop: it was there before agentvm and stays
      Plan: 1 noop. 18 fields unchanged.
      Run: agentvm apply

      record | records base.packages[bash]
      "
    `);
  });

  test('is not ours to revert where agentvm never set it', () => {
    const observed = observedOf('running', { 'base.packages[vim]': { kind: 'known', value: true } });
    expect(planOf({ observed }).changes).toEqual([]);
  });

  test('is only taken out of the record when it is gone as well', () => {
    const desired = editing([], ['base.packages[jq]']);
    const observed = observedOf('running', { 'base.packages[jq]': { kind: 'absent' } });
    expect(planOf({ desired, observed }).steps.map(({ id, records }) => [id, records])).toEqual([
      ['record', ['base.packages[jq]']],
    ]);
  });
});

describe('what was resolved stays', () => {
  test('a newer release with another default changes nothing', () => {
    expect(planOf({ desired: editing([byDefault('resources.disk', 80 * GIB)]) }).changes).toEqual([]);
  });

  test('an exact version that is not the pinned one is installed', () => {
    const desired = editing([set('agents[].version', '2.1.4', 'claude')]);
    expect(planOf({ desired }).steps.map(({ id }) => id)).toEqual(['agent.install:claude']);
  });

  test('what a new root disk took away is done again, with what was resolved', () => {
    const state = stateOf(BASE);
    const undone = ['agents[claude].version', 'base.scripts[scripts/10-tools.sh]', 'env[NODE_ENV]'];
    const fields = Object.fromEntries(
      Object.entries(state.fields).map(([id, field]) => [
        id,
        undone.includes(id) ? { ...field, isUndone: true as const } : field,
      ]),
    );
    const made = planOf({ applied: { ...state, fields }, observed: observedOf('stopped') });
    expect(shown(made)).toMatchInlineSnapshot(`
      "
      my-app  qemu, stopped                            agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ machine                 stopped → running    live: the machine is stopped
        + agents[claude].version  latest               reapply
        + base.scripts            scripts/10-tools.sh  reapply
        + env                     NODE_ENV set         live
      Plan: start the machine, 2 reapply, 1 live. 15 fields unchanged.
      Run: agentvm apply

      machine.start
      env.write | after machine.start | records env[NODE_ENV]
      script.run:scripts/10-tools.sh | after env.write | records base.scripts[scripts/10-tools.sh]
      agent.install:claude | after script.run:scripts/10-tools.sh | records agents[claude].version
      "
    `);
    expect(made.steps.at(-1)?.title).toBe('install the agent claude 2.1.3');
  });
});

describe('what keeps a plan from being carried out', () => {
  test('fields that the driver cannot honour', () => {
    const limit = ({ path }: Field): FieldLimit | undefined =>
      path === 'volumes[]'
        ? { kind: 'unsupported', text: 'is not supported by the qemu driver yet' }
        : undefined;
    const desired = editing([set('volumes[]', { name: 'cache', guest: '/c', size: '1GiB' }, 'cache')]);
    const made = planOf({ desired, limit });
    expect(shown(made)).toMatchInlineSnapshot(`
      "
      my-app  qemu, running  agentvm.yaml @ 3f9c1e, observed 1 s ago
        + volumes  cache: {"guest":"/c","name":"cache","size":"1GiB"}  is not supported by the qemu driver yet
      Plan: 1 noop. 18 fields unchanged.
      Blocked: /home/ada/my-app/agentvm.yaml:3:1: volumes[cache] is not supported by the qemu driver yet
        Take volumes[cache] out of the manifest.


      "
    `);
    expect(made.blockers[0]?.code).toBe('unsupported-field');
  });

  test('fields that the driver cannot honour, of a machine that is not there yet', () => {
    const limit = ({ path }: Field): FieldLimit | undefined =>
      path === 'services[]'
        ? { kind: 'unsupported', text: 'is not supported by the qemu driver yet' }
        : undefined;
    const desired = [
      set('base.image', { name: 'debian-12' }),
      set('services[]', { name: 'web', command: 'make serve' }, 'web'),
    ];
    const made = planOf({ desired, limit, applied: null, observed: observedOf('absent') });
    expect(shown(made)).toMatchInlineSnapshot(`
      "
      my-app  qemu, not created  agentvm.yaml @ 3f9c1e
        + base.image  debian-12  create
        + services    web: {"command":"make serve","name":"web"}  is not supported by the qemu driver yet
      Plan: create the machine with 2 fields.
      Blocked: /home/ada/my-app/agentvm.yaml:3:1: services[web] is not supported by the qemu driver yet
        Take services[web] out of the manifest.


      "
    `);
  });

  test('protection', () => {
    const fields = edited(BASE, [set('lifecycle.protect', true)]);
    const desired = edited(fields, [set('base.image', { name: 'debian-13' })]);
    expect(shown(planOf({ desired, applied: stateOf(fields) }))).toMatchInlineSnapshot(`
      "
      my-app  qemu, running                  agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ base.image  debian-12 → debian-13  recreate: another image means a new root disk
      Plan: 1 recreate. 17 fields unchanged.
      Blocked: base.image needs a new root disk, and lifecycle.protect forbids it
        Write \`protect: false\` under \`lifecycle\` and apply that first, with base.image as it was.


      "
    `);
  });

  test('protection of which the line was taken out', () => {
    const fields = edited(BASE, [set('lifecycle.protect', true)]);
    const desired = editing([set('base.image', { name: 'debian-13' })]);
    const made = planOf({ desired, applied: stateOf(fields) });
    expect(made.blockers.map(({ code }) => code)).toEqual(['protected']);
    expect(made.notes).toEqual([
      'The machine stays protected although the manifest no longer says so; `protect: false` lifts it.',
    ]);
    expect(planOf({ applied: stateOf(fields) }).steps).toEqual([]);
  });

  test('another driver', () => {
    expect(shown(planOf({ desired: editing([set('driver', 'fake')]) }))).toMatchInlineSnapshot(`
      "
      my-app  fake, running    agentvm.yaml @ 3f9c1e, observed 1 s ago
        ~ driver  qemu → fake  recreate: another driver means another machine
      Plan: 1 recreate. 17 fields unchanged.
      Blocked: the machine was made by the qemu driver, and another cannot take it over
        Remove the machine, then make it anew: agentvm rm, then agentvm apply


      "
    `);
  });

  test('a new root disk for something that could not be looked at', () => {
    const desired = editing([set('resources.disk', 20 * GIB)]);
    const observed = observedOf('running', { 'resources.disk': { kind: 'unknown', why: 'qemu-img failed' } });
    expect(planOf({ desired, observed }).blockers.map(({ code }) => code)).toEqual(['unknown-observation']);
  });

  test('a removal that was not finished', () => {
    const made = planOf({ applied: stateOf(BASE, { phase: 'deleting' }) });
    expect(made.blockers.map(({ code }) => code)).toEqual(['unfinished-delete']);
    expect(made.steps).toEqual([]);
  });
});
