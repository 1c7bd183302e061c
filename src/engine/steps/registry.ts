import type { StepKind } from '../../model/plan.ts';
import { diskGrow, rootReplace } from './disk.ts';
import { agentInstall, agentRemove, envWrite, packagesChange, scriptRun } from './guest-content.ts';
import { machineDelete, machineRename, record } from './identity.ts';
import { layerEnsure } from './layer.ts';
import { machineCreate } from './machine-create.ts';
import { machineResume, machineStart, machineStop } from './machine-power.ts';
import { guestMend } from './mend.ts';
import { mountAdd, mountRemove, protectSet, workspaceSet } from './mounts.ts';
import { idleSet, networkSet } from './network.ts';
import { portAdd, portRemove } from './ports.ts';
import { snapshotRestore, snapshotTake } from './snapshots.ts';
import type { StepHandler } from './step.ts';

const HANDLERS: { readonly [K in StepKind]: StepHandler<K> } = {
  'layer.ensure': layerEnsure,
  'machine.create': machineCreate,
  'machine.start': machineStart,
  'machine.stop': machineStop,
  'machine.resume': machineResume,
  'machine.rename': machineRename,
  'machine.delete': machineDelete,
  'disk.grow': diskGrow,
  'root.replace': rootReplace,
  'port.add': portAdd,
  'port.remove': portRemove,
  'mount.add': mountAdd,
  'mount.remove': mountRemove,
  'workspace.set': workspaceSet,
  'protect.set': protectSet,
  'network.set': networkSet,
  'idle.set': idleSet,
  'env.write': envWrite,
  'packages.change': packagesChange,
  'script.run': scriptRun,
  'agent.install': agentInstall,
  'agent.remove': agentRemove,
  'guest.mend': guestMend,
  'snapshot.take': snapshotTake,
  'snapshot.restore': snapshotRestore,
  record,
};

/** Every kind of step that can be carried out. */
export const STEP_KINDS = Object.keys(HANDLERS) as readonly StepKind[];

/** The handler of a step's kind; a run of that kind is what it takes. */
export const handlerOf = (kind: StepKind): StepHandler<StepKind> => HANDLERS[kind] as StepHandler<StepKind>;
