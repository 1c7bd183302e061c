import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { signalProcess } from '../../src/lib/process-identity.ts';
import { realMachine } from '../support/real-machine.ts';
import { describeDriver } from './driver-contract.ts';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describeDriver('qemu', async () => {
  const machine = await realMachine('c0000000-0000-4000-8000-000000000001');
  const folder = join(machine.root, 'data');
  await mkdir(folder);
  return {
    ...machine,
    folder,
    freePort: await freePort(),
    guest: machine.operations,
    crash: async () => {
      const { qemu } = await machine.run();
      if (qemu === undefined || !(await signalProcess(qemu, 'SIGKILL'))) throw new Error('there was no QEMU');
    },
  };
});
