/**
 * Runs one apply on the simulator as a process of its own. With KILL_AT=n it dies by SIGKILL when it asks for the
 * time for the n-th time, which it does before every entry of the journal; it prints how often it asked.
 */
import { apply } from '../../src/engine/apply.ts';
import { testContext } from '../support/context.ts';
import { desiredOf } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';

const [root, folder, wish, killAt] = process.argv.slice(2);
if (root === undefined || folder === undefined || wish === undefined)
  throw new Error('usage: ROOT FOLDER WISH');
let asked = 0;
const context = testContext(root, {
  clock: {
    now: () => {
      asked += 1;
      if (String(asked) === killAt) process.kill(process.pid, 'SIGKILL');
      return new Date();
    },
  },
});
const { outcome } = await apply(context, fakePorts, {
  desired: await desiredOf(folder, JSON.parse(wish)),
  command: 'agentvm apply',
  approve: async () => true,
});
process.stdout.write(JSON.stringify({ outcome, asked }));
