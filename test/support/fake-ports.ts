import { fakeDriver } from '../../src/drivers/fake/driver.ts';
import { fakeAgentVersion } from '../../src/drivers/fake/guest.ts';
import { ensureFakeLayer, pinFakeImage } from '../../src/drivers/fake/layers.ts';
import type { Ports } from '../../src/engine/ports.ts';

/** The engine's collaborators around the simulator. */
export const fakePorts: Ports = {
  driver: async () => fakeDriver,
  layers: {
    pin: (context, { image }) => pinFakeImage(context, image),
    ensure: (context, { driver: _, ...recipe }) => ensureFakeLayer(context, recipe),
    guestFiles: async () => [],
  },
  agents: { newest: (context, { name, wanted }) => fakeAgentVersion(context, name, wanted) },
  guestOf: (context, driver, ref) => {
    const operations = driver.guestOperations?.(context, ref);
    if (operations === undefined) throw new Error('the simulator has a guest of its own');
    return operations;
  },
  seed: async (_context, { name }) => ({ hostname: name, user: 'ada 1000 1000 /home/ada /bin/bash\n' }),
  arch: 'x86_64',
};
