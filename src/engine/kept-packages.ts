import { AgentvmError } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import type { Plan, StepKind } from '../model/plan.ts';
import { changeKept } from '../state/kept-record.ts';
import type { Execution } from './execute.ts';
import { machineOfState } from './machine.ts';
import type { Session } from './session.ts';

const hasStep = ({ steps }: Plan, ...kinds: readonly StepKind[]): boolean =>
  steps.some(({ action }) => kinds.includes(action.kind));

/** Packages in the guest that somebody asked for; undefined where that could not be found out. */
const packagesNow = async (
  { context, ports }: Session,
  state: MachineState,
): Promise<readonly string[] | undefined> => {
  try {
    const { guest } = await machineOfState(context, ports, state);
    return (await guest.findInstalled()).packages;
  } catch (error) {
    // Nothing but an import needs to know, and the next one asks for less.
    if (error instanceof AgentvmError) return undefined;
    throw error;
  }
};

/**
 * Carries a plan out and remembers which packages a new root disk has in the end, and which the manifest's scripts
 * brought: what is there beyond those was installed by hand.
 */
export const rememberPackages = async (
  session: Session,
  state: MachineState,
  plan: Plan,
  carryOut: () => Promise<Execution>,
): Promise<Execution> => {
  const isNew = state.phase === 'creating' || hasStep(plan, 'machine.create', 'root.replace');
  const hasScripts = hasStep(plan, 'script.run');
  const before =
    hasScripts && !isNew && plan.machine.power === 'running' ? await packagesNow(session, state) : undefined;
  const done = await carryOut();
  if (done.failure !== undefined || (!isNew && before === undefined)) return done;
  const after = await packagesNow(session, done.state);
  if (after === undefined) return done;
  await changeKept(session.context.paths, done.state.id, (kept) => {
    if (isNew) return { ...kept, packages: after };
    const brought = after.filter((name) => !before?.includes(name));
    return kept.packages === null
      ? kept
      : { ...kept, packages: [...new Set([...kept.packages, ...brought])].sort() };
  });
  return done;
};
