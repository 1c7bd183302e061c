import { expect, test } from 'vitest';
import { handOverSecrets } from '../../../src/drivers/qemu/env-secrets.ts';
import type { KeeperStatus, Operation } from '../../../src/keeper/protocol.ts';
import { machineFiles } from '../../../src/keeper/protocol-files.ts';
import { startServer } from '../../../src/keeper/server.ts';
import { makePrivateDir } from '../../../src/lib/atomic-file.ts';
import { writeJsonFile } from '../../../src/lib/json-file.ts';
import { OPEN_NETWORK, type SecretSource } from '../../../src/model/network.ts';
import { testContext } from '../../support/context.ts';
import { MACHINE_ID } from '../../support/machine-state.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const secret = (name: string, source: SecretSource) => ({ name, placeholder: name, hosts: [], source });

const SECRETS = [
  secret('ONE', { from: 'env', variable: 'HOST_ONE' }),
  secret('TWO', { from: 'env', variable: 'HOST_TWO' }),
  secret('THREE', { from: 'env', variable: 'HOST_THREE' }),
  secret('FOUR', { from: 'file', path: '/HOST_FOUR' }),
];

const ENV = { HOST_ONE: 'value one', HOST_THREE: '', HOST_FOUR: 'value four', UNRELATED: 'x' };

const world = async () => {
  const root = await tempFolder();
  const base = testContext(root);
  const context = testContext(root, { env: { ...base.env, ...ENV } });
  const files = machineFiles(context.paths, MACHINE_ID);
  await makePrivateDir(files.dir);
  await makePrivateDir(files.sockets);
  return { context, files };
};

test('what is set of the variables that secrets come from goes to the keeper, and nothing else', async () => {
  const { context, files } = await world();
  const heard: Operation[] = [];
  const server = await startServer({
    path: files.keeperSocket,
    machineId: MACHINE_ID,
    perform: async (operation) => {
      heard.push(operation);
      return {} as KeeperStatus;
    },
    log: () => {},
  });
  await handOverSecrets(context, files);
  await writeJsonFile(files.launch, { network: OPEN_NETWORK });
  await handOverSecrets(context, files);
  expect(heard).toEqual([]);
  await writeJsonFile(files.launch, { network: { ...OPEN_NETWORK, secrets: SECRETS } });
  await handOverSecrets(context, files);
  await server.close();
  expect(heard).toMatchObject([{ op: 'secrets', values: { HOST_ONE: 'value one' } }]);
  expect(JSON.stringify(heard)).not.toMatch(/value four|UNRELATED|HOST_THREE/);
});

test('without a keeper there is nobody to hand them to', async () => {
  const { context, files } = await world();
  await writeJsonFile(files.launch, { network: { ...OPEN_NETWORK, secrets: SECRETS } });
  await handOverSecrets(context, files);
});
