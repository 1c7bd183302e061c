import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, faultsPath } from '../../src/drivers/fake/faults.ts';
import { type FakeMachine, readMachine, rootOf, writeMachine } from '../../src/drivers/fake/record.ts';
import { apply } from '../../src/engine/apply.ts';
import { machineOfState } from '../../src/engine/machine.ts';
import { observe } from '../../src/engine/observe.ts';
import { prepare } from '../../src/engine/prepare.ts';
import { makePrivateDir } from '../../src/lib/atomic-file.ts';
import type { Context } from '../../src/lib/context.ts';
import type { ApplyEvent, ApplyResult } from '../../src/model/apply.ts';
import type { DriftDocument } from '../../src/model/drift.ts';
import type { Consent } from '../../src/model/grant.ts';
import type { MachineState } from '../../src/model/machine.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { RollbackOffer } from '../../src/model/snapshot.ts';
import { driftOf } from '../../src/reconcile/drift.ts';
import { readAllStates } from '../../src/state/store.ts';
import { testContext } from './context.ts';
import { desiredOf, type Wish } from './desired.ts';
import { fakePorts } from './fake-ports.ts';
import { grantAll } from './grant-all.ts';
import { tempFolder } from './temp-folder.ts';

/** A host of its own with one project on it, and the simulator. */
export const fakeWorld = async () => {
  const root = await tempFolder({ inMemory: true });
  const context = testContext(root);
  const folder = join(root, 'project');

  const applyWish = async (
    wish: Wish = {},
    options: {
      readonly approve?: (plan: Plan) => Promise<Consent>;
      readonly withhold?: boolean;
      readonly onEvent?: (event: ApplyEvent) => void;
      readonly offerRollback?: (offer: RollbackOffer) => Promise<boolean>;
      readonly folder?: string;
      readonly context?: Context;
    } = {},
  ): Promise<ApplyResult> =>
    apply(options.context ?? context, fakePorts, {
      desired: await desiredOf(options.folder ?? folder, wish),
      command: 'agentvm apply',
      approve: options.approve ?? grantAll,
      ...(options.withhold === undefined ? {} : { withhold: options.withhold }),
      ...(options.offerRollback === undefined ? {} : { offerRollback: options.offerRollback }),
      ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
    });

  const planWish = async (wish: Wish = {}, where = folder): Promise<Plan> =>
    (await prepare(context, fakePorts, await desiredOf(where, wish), { deep: true })).plan;

  const state = async (): Promise<MachineState> => {
    const { machines } = await readAllStates(context.paths);
    const [one, ...others] = machines;
    if (one === undefined || others.length > 0) throw new Error(`${machines.length} machines, not one`);
    return one;
  };

  const simulated = async (): Promise<FakeMachine> => {
    const { ref } = await machineOfState(context, fakePorts, await state());
    const machine = await readMachine(ref);
    if (machine === undefined) throw new Error('there is no simulated machine');
    return machine;
  };

  /** What `agentvm drift` tells; without a wish the manifest cannot be read. */
  const drift = async (wish: Wish | undefined, deep = true): Promise<DriftDocument> => {
    const desired = wish === undefined ? undefined : await desiredOf(folder, wish);
    const now = await state();
    const observed = await observe(context, fakePorts, now, desired, { deep });
    return driftOf({ state: now, observed, desired, isDeep: deep });
  };

  return {
    root,
    context,
    folder,
    /** Gives its space back before the test ends, for tests that make thousands. */
    remove: () => rm(root, { recursive: true, force: true }),
    apply: applyWish,
    plan: planWish,
    drift,
    state,
    simulated,
    disk: async () =>
      rootOf(await simulated(), (await machineOfState(context, fakePorts, await state())).ref),
    /** Changes the simulated machine behind agentvm's back. */
    tamper: async (change: (machine: FakeMachine) => FakeMachine): Promise<void> => {
      const { ref } = await machineOfState(context, fakePorts, await state());
      await writeMachine(ref, change(await simulated()));
    },
    breakAt: async (...faults: readonly Fault[]): Promise<void> => {
      await makePrivateDir(context.paths.state);
      await writeFile(faultsPath(context), JSON.stringify(faults));
    },
  };
};
