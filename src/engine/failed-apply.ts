import type { Context } from '../lib/context.ts';
import type { ApplyHappening } from '../model/apply.ts';
import { AgentvmError } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import type { Plan, Step, StepKind } from '../model/plan.ts';
import type { RollbackOffer } from '../model/snapshot.ts';
import type { Ports } from './ports.ts';
import { rollBack } from './rollback.ts';

/** Steps that may leave the disk half-changed when they fail; a new root that fails leaves the old one as it is. */
const LEAVING_TRACES: readonly StepKind[] = ['packages.change', 'script.run'];

/** An apply that ended at a step that failed. */
export type FailedApply = {
  readonly step: Step;
  readonly error: AgentvmError;
  readonly plan: Plan;
  readonly machine: MachineState;
};

type Way = {
  readonly command: string;
  readonly offerRollback?: (offer: RollbackOffer) => Promise<boolean>;
  readonly emit: (happening: ApplyHappening) => void;
};

const withDetail = (error: AgentvmError, detail: string, hint = error.hint): AgentvmError =>
  new AgentvmError({
    code: error.code,
    exitCode: error.exitCode,
    message: error.message,
    details: [...error.details, detail],
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });

/**
 * Offers to put the disk back to what it was before the step that failed, and does so when it is wanted. Returns the
 * failure as it is to be told: with what became of the disk, or with the command that puts it back.
 */
export const offerWayBack = async (
  context: Context,
  ports: Ports,
  { step, error, plan, machine }: FailedApply,
  { command, offerRollback, emit }: Way,
): Promise<AgentvmError> => {
  const name = plan.snapshot?.name;
  if (name === undefined || !LEAVING_TRACES.includes(step.action.kind)) return error;
  const later = `agentvm rollback ${name}`;
  const kept = withDetail(
    error,
    `The disk as it was before is kept as the snapshot ${name}.`,
    [...(error.hint === undefined ? [] : [error.hint]), `To put the disk back to what it was: ${later}`].join(
      '\n',
    ),
  );
  if (offerRollback === undefined) return kept;
  try {
    const done = await rollBack(context, ports, { machine, name, command, approve: offerRollback, emit });
    return done === undefined ? kept : withDetail(error, `The disk is back to the snapshot ${name}.`);
  } catch (problem) {
    if (!(problem instanceof AgentvmError)) throw problem;
    return withDetail(kept, `It could not be put back now: ${problem.message}`);
  }
};
