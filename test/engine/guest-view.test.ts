import { expect, test } from 'vitest';
import { keptSeen } from '../../src/engine/guest-view.ts';
import type { GuestFacts } from '../../src/model/guest.ts';
import type { NetworkWall } from '../../src/model/network.ts';

const known = <T>(value: T) => ({ kind: 'known', value }) as const;

test('behind the second wall nobody misses a default route, which its network tells the guest of none', () => {
  const record = { files: {}, hostname: null, user: null } as unknown as Parameters<typeof keptSeen>[0];
  const facts = {
    files: {},
    mounts: known({}),
    hasRoute: known(false),
    room: known(1),
  } as unknown as GuestFacts;
  const routeBehind = (wall: NetworkWall | undefined) =>
    keptSeen(record, facts, new Uint8Array(32), { id: 'packages', guestPath: '/packages' }, wall).find(
      ({ path }) => path === 'guest.route',
    )?.found;
  expect(routeBehind('proxy')).toEqual(known(true));
  expect(routeBehind('namespaces')).toEqual({ kind: 'absent' });
  expect(routeBehind(undefined)).toEqual({ kind: 'absent' });
});
