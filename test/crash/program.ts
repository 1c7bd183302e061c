/**
 * Changes a simulated machine as a process of its own: `ROOT ACTION WISH AT HOW`, where ACTION is `apply`, `remove`,
 * `restart`, `trash`, `restore` or `rollback` (to the snapshot `mine`), AT the point of `crashing-fs.ts` to end at
 * (0: none) and HOW `kill` or `tear`. Each point is a line of JSON on stdout.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../src/engine/apply.ts';
import { restartMachine } from '../../src/engine/lifecycle.ts';
import { removeMachine } from '../../src/engine/remove.ts';
import { rollBack } from '../../src/engine/rollback.ts';
import { restoreMachine, trashMachine } from '../../src/engine/trash.ts';
import { readAllStates } from '../../src/state/store.ts';
import { readTrash } from '../../src/state/trash.ts';
import { testContext } from '../support/context.ts';
import { desiredOf } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { grantAll } from '../support/grant-all.ts';
import { armCrash } from './crashing-fs.ts';

const [root = '', action = 'apply', wish = '{}', at = '0', how = 'kill'] = process.argv.slice(2);
const context = testContext(root);
const desired = await desiredOf(join(root, 'project'), JSON.parse(wish));
const { machines } = await readAllStates(context.paths);
const arm = (): void =>
  armCrash({
    at: Number(at),
    tear: how === 'tear',
    onPoint: (point) => {
      // All points of a whole run; of one that is cut off only the last matters.
      if (at === '0' || point.index === Number(at)) writeSync(1, `${JSON.stringify(point)}\n`);
    },
  });

arm();
const [machine] = machines;
const command = `agentvm ${action}`;
if (action === 'apply') {
  await apply(context, fakePorts, { desired, command: 'agentvm apply', approve: grantAll });
} else if (action === 'restore') {
  for (const one of (await readTrash(context.paths)).machines) await restoreMachine(context, one, command);
} else if (action === 'trash' && machine !== undefined) {
  await trashMachine(context, fakePorts, machine, { command, why: 'no longer wanted' });
} else if (action === 'rollback' && machine !== undefined) {
  await rollBack(context, fakePorts, { machine, name: 'mine', command, approve: async () => true });
} else if (machine !== undefined) {
  const change = action === 'remove' ? removeMachine : restartMachine;
  await change(context, fakePorts, machine, command);
}
