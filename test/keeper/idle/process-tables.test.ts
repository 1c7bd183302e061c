import { readFile, rename } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { countGuestConnections, countSessions, cpuMsOf } from '../../../src/keeper/idle/process-tables.ts';
import { eventually } from '../../support/eventually.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const TABLE = `Num       RefCount Protocol Flags    Type St Inode Path
ffff9b0d41a3d400: 00000002 00000000 00010000 0001 01 20410 /home/me/state/s.AbCdEfGhIjKl0123
ffff9b0d41a3d000: 00000003 00000000 00000000 0001 03 20418 /home/me/state/s.AbCdEfGhIjKl0123
ffff9b0d41a3e800: 00000002 00000000 00000000 0001 02     0 /home/me/state/s
ffff9b0d41a3ec00: 00000003 00000000 00000000 0001 03 20419
ffff9b0d41a3f000: 00000003 00000000 00000000 0001 03 20420 /home/me/state/s2
ffff9b0d41a3f080: 00000003 00000000 00000000 0001 03 20420 /home/me/state/s.AbCdEfGhIjKl012
ffff9b0d41a3f400: 00000003 00000000 00000000 0001 03 20421 /home/my folder/s
ffff9b0d41a3f800: 00000003 00000000 00000000 0001 03 20422 @/home/me/state/s
`;

test('sessions are counted by either name, the listening socket and those of others are not', () => {
  expect(countSessions(TABLE, '/home/me/state/s')).toBe(2);
  expect(countSessions(TABLE, '/home/my folder/s')).toBe(1);
  expect(countSessions(TABLE, '/home/me')).toBe(0);
  expect(countSessions('', '/home/me/state/s')).toBe(0);
});

test.skipIf(process.platform !== 'linux')(
  'this kernel shows a connection, also after its socket was renamed, until it has ended',
  async () => {
    const path = join(await tempFolder(), 's');
    const held: Socket[] = [];
    const server = createServer((socket) => void held.push(socket));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const count = async (): Promise<number> => countSessions(await readFile('/proc/net/unix', 'utf8'), path);
    expect(await count()).toBe(0);
    const clients = [connect(path), connect(path)];
    onTestFinished(() => {
      for (const one of [...clients, ...held]) one.destroy();
      server.close();
    });
    expect(await eventually(async () => (await count()) === 2)).toBe(true);
    await rename(path, `${path}.h`);
    expect(await count()).toBe(2);
    clients[0]?.destroy();
    expect(await eventually(async () => held.length === 2)).toBe(true);
    for (const one of held) one.resume();
    expect(await eventually(async () => (await count()) === 1)).toBe(true);
  },
);

test('processor time is read behind a name that holds anything', async () => {
  const rest = 'S 1 812 812 0 -1 4194304 500 0 0 0 250 40 0 0 20 0 4 0 1234 1 1';
  expect(cpuMsOf(`812 (qemu) S (1 2 3) ${rest}`)).toBe(2900);
  expect(cpuMsOf(await readFile('/proc/self/stat', 'utf8'))).toBeGreaterThan(0);
});

test('QEMU’s list tells a guest’s own connections from those that come in', () => {
  const list = `Hub 0 (net):
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
  TCP[ESTABLISHED]   21       127.0.0.1 40022       10.0.2.15    22     0     0
  TCP[ESTABLISHED]   24       10.0.2.15 51234   93.184.216.34   443     0     0
  TCP[SYN_SENT]      25       10.0.2.15 51236   93.184.216.35   443     0     0
  TCP[TIME_WAIT]     -1       10.0.2.15 51200   93.184.216.34    80     0     0
  TCP[HOST_FORWARD]  12       127.0.0.1 34567       10.0.2.15    22     0     0
  UDP[236 sec]       26       10.0.2.15 41000        10.0.2.3    53     0     0
`;
  expect(countGuestConnections(list)).toBe(2);
});
