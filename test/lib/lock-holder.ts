/** A process that takes the lock named by its argument, says so on stdout, and keeps it until it is killed. */
import { acquireLock } from '../../src/lib/lock.ts';
import { testContext } from '../support/context.ts';

const [root, path] = process.argv.slice(2);
if (root === undefined || path === undefined) throw new Error('usage: lock-holder ROOT LOCK');
await acquireLock(testContext(root), { path, what: "the machine 'demo'", command: 'agentvm apply' });
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
