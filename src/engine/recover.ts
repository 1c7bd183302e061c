import { AgentvmError } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import { type OpenIntent, openIntent, readJournal } from '../state/journal.ts';
import { commitCutOff, commitStep, type Session, stepRun } from './session.ts';
import { handlerOf } from './steps/registry.ts';
import type { Finding } from './steps/step.ts';

/** Whether the state already holds what the step did: the crash came between the state's write and the journal's. */
const isRecorded = (state: MachineState, open: OpenIntent): boolean =>
  state.lastStep?.apply === open.apply && state.lastStep.step === open.step.id;

/** What cannot be looked at or taken back now is seen by the next look at the machine. */
const unlessExpected =
  <T>(fallback: T) =>
  (error: unknown): T => {
    if (error instanceof AgentvmError) return fallback;
    throw error;
  };

/**
 * Settles the one step that an earlier command began and did not end: it is found done and recorded as such, or
 * taken back as far as it can be and left to the next plan. The caller holds the machine's lock.
 */
export const recover = async (session: Session, state: MachineState): Promise<MachineState> => {
  const { context, journal } = session;
  const open = openIntent(await readJournal(context.paths, state.id));
  if (open === undefined) return state;
  const { apply, step, patch, position, total } = open;
  const tell = (as: 'done' | 'undone'): void =>
    session.emit({ event: 'recovered', apply, step: step.id, title: step.title, position, total, as });
  const at = (): string => context.clock.now().toISOString();
  const settleDone = async (settled: MachineState): Promise<MachineState> => {
    await journal.append({ kind: 'done', apply, at: at(), step: step.id });
    tell('done');
    return settled;
  };
  if (isRecorded(state, open)) return settleDone(state);

  const handler = handlerOf(step.action.kind);
  const run = await stepRun(session, state, step.action, patch, undefined);
  const found = await handler.probe(run).catch(unlessExpected({ kind: 'open' } as Finding));
  if (found.kind === 'done') {
    return settleDone(await commitStep(context, state, { apply, step: step.id }, patch, found.outcome));
  }
  const undone =
    found.kind === 'failed' ? await handler.compensate?.(run).catch(unlessExpected(undefined)) : undefined;
  const settled = await commitCutOff(context, run, patch, undone);
  const why = 'the command that ran it was cut off';
  await journal.append({ kind: 'undone', apply, at: at(), step: step.id, why });
  tell('undone');
  return settled;
};
