import { expect, test } from 'vitest';
import type { Grant, Withheld } from '../../src/model/grant.ts';
import { planDigest } from '../../src/reconcile/approval.ts';
import { BASE, edited, mount, planOf, port, set, shown } from '../support/planning.ts';

const reading = (path: string): Grant => ({
  id: `mounts[${path}]`,
  text: `the guest reads ${path}`,
  scope: { kind: 'folder', path, mode: 'ro' },
  fields: ['mounts[/more]'],
});
const withheld: Withheld = {
  grant: 'mounts[/srv/more]',
  fields: ['mounts[/more]'],
  text: 'the guest reads /srv/more: not granted, so mounts[/more] is left out',
};

test('a plan says what it opens of the host, before its last line', () => {
  const made = planOf({
    desired: edited(BASE, [mount('/srv/more', '/more')]),
    grants: [reading('/srv/more'), { ...reading('/srv/\u001b[2Jodd'), text: 'the guest reads \u001b[2Jodd' }],
  });
  expect(shown(made)).toMatchInlineSnapshot(`
    "
    my-app  qemu, running               agentvm.yaml @ 3f9c1e, observed 1 s ago
      + mounts  /srv/more → /more (ro)  live
    Plan: 1 live. 18 fields unchanged.
    Needs your word:
      mounts[/srv/more]          the guest reads /srv/more
      mounts[/srv/\\u{1b}[2Jodd]  the guest reads \\u{1b}[2Jodd
    Run: agentvm apply

    mount.add:/more | records mounts[/more]
    "
  `);
});

test('a plan says what it leaves out, also where there is nothing to do', () => {
  expect(shown(planOf({ withheld: [withheld] }))).toMatchInlineSnapshot(`
    "
    my-app  qemu, running  agentvm.yaml @ 3f9c1e, observed 1 s ago
    Plan: nothing to do. 18 fields unchanged.
    Withheld:
      mounts[/srv/more]  the guest reads /srv/more: not granted, so mounts[/more] is left out


    "
  `);
});

test('a field that leads elsewhere now is taken away and brought again', () => {
  const moved = new Set(['mounts[/data]']);
  expect(shown(planOf({ moved, grants: [reading('/home/ada/.ssh')] }))).toMatchInlineSnapshot(`
    "
    my-app  qemu, running  agentvm.yaml @ 3f9c1e, observed 1 s ago
      ! mounts  ~/data → /data (ro) leads elsewhere on the host now  live (drift)
    Plan: 1 live. 17 fields unchanged.
    Needs your word:
      mounts[/home/ada/.ssh]  the guest reads /home/ada/.ssh
    Run: agentvm apply

    mount.remove:/data | undoes mounts[/data]
    mount.add:/data | after mount.remove:/data | records mounts[/data]
    "
  `);
});

test('a machine cannot be made without the image that is withheld', () => {
  const image: Withheld = {
    grant: 'base.image[/srv/disk.qcow2]',
    fields: ['base.image'],
    text: 'the guest reads the file /srv/disk.qcow2: not granted, so base.image is left out',
  };
  const desired = edited(BASE, [], ['base.image']);
  const { blockers, steps } = planOf({ desired, applied: null, withheld: [image] });
  expect(steps).toEqual([]);
  expect(blockers).toEqual([
    {
      code: 'grant-missing',
      field: 'base.image',
      text: image.text,
      hint: "Grant it: agentvm apply --grant 'base.image[/srv/disk.qcow2]'",
    },
  ]);
});

test('what was approved is bound to what it opens and to what it leaves out', () => {
  const desired = edited(BASE, [mount('/srv/more', '/more'), port('9090', 9090), set('labels[]', 'x', 'y')]);
  const digests = [
    planOf({ desired }),
    planOf({ desired, grants: [reading('/srv/more')] }),
    planOf({ desired, grants: [{ ...reading('/srv/more'), scope: { kind: 'image', path: '/srv/more' } }] }),
    planOf({ desired, withheld: [withheld] }),
  ].map(planDigest);
  expect(new Set(digests).size).toBe(digests.length);
});
