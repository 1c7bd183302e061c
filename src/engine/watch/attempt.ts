import type { Context } from '../../lib/context.ts';
import type { ApplyEvent } from '../../model/apply.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { Desired } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import { approve } from '../../reconcile/approval.ts';
import type { LeaveDrift } from '../../reconcile/leave-drift.ts';
import { apply } from '../apply.ts';
import type { Ports } from '../ports.ts';
import type { WatchRequest } from './request.ts';

/** How one try to bring a machine to its document ended. Nothing of it is thrown. */
export type Attempt =
  | { readonly kind: 'done'; readonly plan: Plan; readonly steps: number }
  /** The plan is more than watch may do; nothing was done. */
  | { readonly kind: 'pending'; readonly plan: Plan; readonly text: string }
  | { readonly kind: 'blocked'; readonly plan: Plan }
  /** Another process is changing the machine. */
  | { readonly kind: 'locked'; readonly error: AgentvmError }
  | { readonly kind: 'failed'; readonly error: AgentvmError }
  /** The watch is ending. */
  | { readonly kind: 'interrupted' };

export type AttemptRequest = Pick<WatchRequest, 'allow' | 'checkHost' | 'stop'> & {
  readonly desired: Desired;
  readonly leaveDrift: LeaveDrift;
  /** Why a plan waits for a person although it is allowed; undefined where nothing speaks against it. */
  readonly refuse: (plan: Plan) => Promise<string | undefined>;
  /** Called when a plan is about to be carried out. */
  readonly onStart: (plan: Plan) => Promise<void>;
  /** What apply does; silent for a plan that is not carried out. */
  readonly onEvent: (event: ApplyEvent) => void;
};

/** What the machine is told to be changed by, for others that wait for it. */
export const WATCH_COMMAND = 'agentvm watch';

/** How often a plan that changes between showing and locking is made again at once. */
const CHANGED_AT_MOST = 3;

const changesTooFast = (name: string): AgentvmError =>
  new AgentvmError({
    code: 'PLAN_CHANGED',
    message: `The machine '${name}' changes faster than it can be planned for; nothing was done`,
    hint: 'See with `agentvm status` who is at work on it.',
  });

export const asAgentvmError = (error: unknown): AgentvmError =>
  error instanceof AgentvmError
    ? error
    : new AgentvmError({
        code: 'UNEXPECTED',
        message: `this is a bug of agentvm, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        cause: error,
      });

/** Passes on what apply does from the moment on when its plan is carried out. */
const whenApproved = (pass: (event: ApplyEvent) => void) => {
  let held: ApplyEvent | undefined;
  let approved = false;
  return {
    approve: (): void => {
      approved = true;
      if (held !== undefined) pass(held);
    },
    onEvent: (event: ApplyEvent): void => {
      if (event.event === 'planned') held = event;
      else if (event.event !== 'finished' || approved) pass(event);
    },
  };
};

const tryOnce = async (
  context: Context,
  ports: Ports,
  request: AttemptRequest,
): Promise<Attempt | 'changed'> => {
  const events = whenApproved(request.onEvent);
  let refused: string | undefined;
  const { outcome, plan } = await apply(context, ports, {
    desired: request.desired,
    command: WATCH_COMMAND,
    leaveDrift: request.leaveDrift,
    withhold: true,
    stop: request.stop,
    onEvent: events.onEvent,
    approve: async (planned) => {
      const approval = approve(planned, request.allow);
      refused = approval.ok ? await request.refuse(planned) : approval.text;
      if (refused !== undefined) return false;
      await request.checkHost(planned);
      await request.onStart(planned);
      events.approve();
      return true;
    },
  });
  switch (outcome) {
    case 'unchanged':
      return { kind: 'done', plan, steps: 0 };
    case 'applied':
      return { kind: 'done', plan, steps: plan.steps.length };
    case 'declined':
      return { kind: 'pending', plan, text: refused ?? 'the plan was not approved' };
    case 'blocked':
      return { kind: 'blocked', plan };
    case 'changed':
      return 'changed';
  }
};

/** Tries once to bring a machine to its document, up to what is allowed without asking. */
export const attempt = async (context: Context, ports: Ports, request: AttemptRequest): Promise<Attempt> => {
  try {
    for (let tries = 0; tries < CHANGED_AT_MOST; tries++) {
      const result = await tryOnce(context, ports, request);
      if (result !== 'changed') return result;
    }
    return { kind: 'failed', error: changesTooFast(request.desired.name) };
  } catch (error) {
    if (request.stop.aborted || context.signal.aborted) return { kind: 'interrupted' };
    const failure = asAgentvmError(error);
    return { kind: failure.code === 'LOCKED' ? 'locked' : 'failed', error: failure };
  }
};
