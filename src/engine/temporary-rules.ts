import type { Context } from '../lib/context.ts';
import type { TemporaryRule } from '../model/network.ts';
import { readNetworkRules, writeNetworkRules } from '../state/network-rules.ts';
import { writeState } from '../state/store.ts';
import { type Named, refuseUnfinished, withMachine } from './lifecycle.ts';
import type { Ports } from './ports.ts';
import { stepRun } from './session.ts';

/**
 * Lets a machine's guest reach something for a while, at once where it runs. The same entry before it is replaced.
 * @throws AgentvmError LOCKED (exit 5).
 */
export const allowForAWhile = (
  context: Context,
  ports: Ports,
  machine: Named,
  rule: TemporaryRule,
  command: string,
): Promise<void> =>
  withMachine(context, ports, machine, command, async (session, state) => {
    refuseUnfinished(state);
    const { paths, clock } = context;
    const before = await readNetworkRules(paths, state.id, clock.now());
    await writeNetworkRules(paths, state.id, [...before.filter(({ entry }) => entry !== rule.entry), rule]);
    const run = await stepRun(session, state, { kind: 'network.set' }, {}, undefined);
    const { power } = await run.driver.inspect(context, run.ref, { refresh: false });
    if (power !== 'running' && power !== 'paused') return;
    const driverState = await run.driver.updateLive(context, run.ref, await run.spec());
    await writeState(paths, { ...state, driverState });
  });
