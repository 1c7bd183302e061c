import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { composeDriver } from './compose.ts';

/**
 * Before the first machine is made: what the host lacks is told at once, not after minutes of building.
 * @throws AgentvmError HOST_NOT_READY (exit 8) naming each thing with its mend.
 */
export const checkHostFor = async (context: Context, plan: Plan): Promise<void> => {
  if (!plan.steps.some((step) => step.action.kind === 'machine.create')) return;
  const driver = await composeDriver(plan.machine.driver);
  const missing = (await driver.checkHost(context)).filter((check) => check.status === 'missing');
  if (missing.length === 0) return;
  throw new AgentvmError({
    code: 'HOST_NOT_READY',
    exitCode: ExitCode.stalled,
    message: `this host lacks what the machine '${plan.machine.name}' needs: ${missing.map(({ name }) => name).join(', ')}`,
    hint: [...new Set(missing.map(({ mend }) => mend))].join('\n'),
  });
};
