import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeDriver } from '../../src/drivers/fake/driver.ts';
import { fakeGuestOperations } from '../../src/drivers/fake/guest.ts';
import { ensureFakeLayer } from '../../src/drivers/fake/layers.ts';
import { changeMachine } from '../../src/drivers/fake/record.ts';
import { sharesOf } from '../../src/engine/machine-spec.ts';
import { machineDir } from '../../src/lib/paths.ts';
import { OPEN_NETWORK } from '../../src/model/network.ts';
import { testContext } from '../support/context.ts';
import { MACHINE_ID } from '../support/machine-state.ts';
import { describeDriver } from './driver-contract.ts';

describeDriver('fake', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'agentvm-test-')));
  const context = testContext(root);
  const dir = machineDir(context.paths, MACHINE_ID);
  const name = 'demo';
  const project = { realPath: join(root, 'project'), device: 1, inode: 2 };
  await mkdir(dir, { recursive: true });
  return {
    driver: fakeDriver,
    context,
    ref: { id: MACHINE_ID, name, dir, driverState: null },
    spec: {
      id: MACHINE_ID,
      name,
      arch: 'x86_64',
      cpus: 1,
      memoryMiB: 512,
      diskBytes: 4 * 1024 ** 3,
      seed: {},
      shares: sharesOf(context.paths, { id: MACHINE_ID, name, project, fields: {} }).map((share) => ({
        ...share,
        target: share.hostPath,
      })),
      ports: [],
      network: OPEN_NETWORK,
    },
    layer: await ensureFakeLayer(context, {
      image: { name: 'debian-12' },
      arch: 'x86_64',
      pin: { digest: 'sha256:00' },
      packages: [],
    }),
    folder: join(root, 'data'),
    freePort: 8081,
    guest: (ref) => fakeGuestOperations(context, ref),
    crash: (ref) => changeMachine(ref, (machine) => ({ ...machine, power: 'crashed', isReady: false })),
    tearDown: () => rm(root, { recursive: true, force: true }),
  };
});
