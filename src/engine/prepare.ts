import type { Context } from '../lib/context.ts';
import { type Desired, type MachineState, nothingObserved, type Observed } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { plan } from '../reconcile/plan.ts';
import { findMachine, type Match } from '../state/inventory.ts';
import { type OpenIntent, openIntent, readJournal } from '../state/journal.ts';
import { observe } from './observe.ts';
import type { Ports } from './ports.ts';

/** Everything that is known before a plan is shown. */
export type Prepared = {
  readonly match: Match;
  /** The machine's state, with the project at the place where it is now; null where there is none. */
  readonly state: MachineState | null;
  readonly observed: Observed;
  readonly plan: Plan;
  /** The step that an earlier command began and did not end. */
  readonly open: OpenIntent | undefined;
};

const matchNotes = (match: Match, desired: Desired): readonly string[] => {
  switch (match.kind) {
    case 'same':
      return [];
    case 'moved':
      return [`The project was moved here from ${match.from}; its machine is taken along.`];
    case 'replaced':
      return ['The folder is another one than when the machine was made; it is taken for the same project.'];
    case 'none':
      return [
        ...match.siblings.map(
          (name) =>
            `This folder has a machine named '${name}'; '${desired.name}' will be another one. To keep that one: agentvm mv ${name} ${desired.name}`,
        ),
        ...match.sameNameElsewhere.map(
          (path) => `The machine of the same name at ${path} is another one; this folder may be a copy.`,
        ),
      ];
  }
};

const openNotes = (open: OpenIntent | undefined): readonly string[] =>
  open === undefined
    ? []
    : [
        `An earlier apply (${open.apply}) was cut off at step ${open.position}/${open.total}, ${open.step.title}; apply settles it first.`,
      ];

/** A manifest's machine as it stands: what the inventory, the driver and, when `deep`, the guest tell. */
export const prepare = async (
  context: Context,
  ports: Ports,
  desired: Desired,
  options: { readonly deep: boolean },
): Promise<Prepared> => {
  const match = await findMachine(context.paths, desired.project, desired.name);
  const state = match.kind === 'none' ? null : { ...match.state, project: desired.project };
  return prepareState(context, ports, desired, match, state, options);
};

/** The same for a machine that is known already. */
export const prepareState = async (
  context: Context,
  ports: Ports,
  desired: Desired,
  match: Match,
  state: MachineState | null,
  options: { readonly deep: boolean },
): Promise<Prepared> => {
  const [observed, open, driver] = await Promise.all([
    state === null
      ? nothingObserved(context.clock.now().toISOString())
      : observe(context, ports, state, desired, options),
    state === null ? undefined : readJournal(context.paths, state.id).then(openIntent),
    ports.driver(desired.driver),
  ]);
  const made = plan({
    machineId: state?.id ?? null,
    desired,
    applied: state,
    observed,
    limit: driver.limit,
  });
  const notes = [...made.notes, ...matchNotes(match, desired), ...openNotes(open), ...(observed.notes ?? [])];
  return { match, state, observed, plan: { ...made, notes }, open };
};
