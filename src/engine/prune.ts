import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Context } from '../lib/context.ts';
import type { ApplyHappening } from '../model/apply.ts';
import type { MachineState, ProjectIdentity } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { MadeMachine } from '../reconcile/prune.ts';
import { machinesOfFolder } from '../state/inventory.ts';
import { observe } from './observe.ts';
import type { Ports } from './ports.ts';
import { trashMachine } from './trash.ts';

/** A file or a folder of manifests, and what was found there. */
export type PrunePlace = {
  readonly folder: ProjectIdentity;
  /** Name of the file, where it is one and not the whole folder. */
  readonly file?: string;
  /** Paths of the files that declare machines. */
  readonly manifests: readonly string[];
};

/** A machine that was made here, for the choice and for what follows from it. */
export type Made = MadeMachine & { readonly state: MachineState };

/**
 * The machines that a file or folder made, also where the folder has moved since. Which file made a machine stands in
 * its state, and is what the last apply said.
 */
export const madeHere = async (context: Context, place: PrunePlace): Promise<readonly Made[]> => {
  const { folder, file, manifests } = place;
  const read = new Set(manifests.map((path) => basename(path)));
  const machines = await machinesOfFolder(context.paths, folder);
  return machines
    .filter(({ phase, manifestPath }) => {
      const isFromHere = file === undefined || basename(manifestPath) === file;
      return phase !== 'deleting' && isFromHere;
    })
    .map((state) => {
      const name = basename(state.manifestPath);
      return {
        state,
        id: state.id,
        name: state.name,
        isProtected: state.fields['lifecycle.protect']?.value === true,
        manifestPath: state.manifestPath,
        isFileUnclear: !read.has(name) && existsSync(join(folder.realPath, name)),
        isSameFolder: state.project.device === folder.device && state.project.inode === folder.inode,
      };
    });
};

/** Stands where a manifest was never applied to its end. */
const NO_REVISION = '000000';

/** The plan of a machine that is to be set aside. */
export const planDeletion = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  why: string,
): Promise<Plan> => {
  const observed = await observe(context, ports, state, undefined, { deep: false });
  return {
    kind: 'plan',
    version: 1,
    machine: { id: state.id, name: state.name, driver: state.driver, power: observed.power },
    manifest: { path: state.manifestPath, revision: state.revision ?? NO_REVISION },
    observedAt: observed.at,
    recovery: null,
    changes: [],
    steps: [
      {
        id: 'machine.delete',
        action: { kind: 'machine.delete' },
        strategy: 'delete',
        after: [],
        fields: [],
        records: [],
        reason: { code: 'requested', text: why },
        title: `set ${state.name} aside`,
      },
    ],
    blockers: [],
    grants: [],
    withheld: [],
    notes: [],
    unchanged: 0,
    strategy: 'delete',
  };
};

/** Carries out the plan of a machine that is to be set aside, with the events of an apply of one step. */
export const carryOutDeletion = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  request: {
    readonly plan: Plan;
    readonly command: string;
    readonly emit: (happening: ApplyHappening) => void;
  },
): Promise<void> => {
  const { plan, command, emit } = request;
  const [step] = plan.steps;
  if (step === undefined) return;
  emit({ event: 'planned', plan });
  emit({ event: 'step-started', step: step.id, title: step.title, position: 1, total: 1 });
  const from = context.clock.now().getTime();
  await trashMachine(context, ports, state, { command, why: step.reason.text });
  emit({ event: 'step-done', step: step.id, elapsedMs: context.clock.now().getTime() - from });
  emit({ event: 'finished', outcome: 'applied', machine: state.id });
};
