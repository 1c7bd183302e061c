/* Generated from schemas/journal.v1.json by `npm run generate`; change the schema instead. */

/**
 * One line of `journal.ndjson` in a machine's folder: what an apply is about to do, and what came of it.
 */
export type JournalLine = BeginEntry | IntentEntry | DoneEntry | UndoneEntry | EndEntry;
/**
 * Drawn for each apply.
 */
export type Apply = string;
export type At = string;
export type StepId = string;
export type Action =
  | {
      kind?:
        | 'machine.create'
        | 'machine.start'
        | 'machine.stop'
        | 'machine.resume'
        | 'machine.delete'
        | 'workspace.set'
        | 'protect.set'
        | 'network.set'
        | 'idle.set'
        | 'env.write'
        | 'record';
    }
  | {
      kind?: 'layer.ensure';
      image: unknown;
      /**
       * What the image was resolved to before; absent where the catalogue is asked.
       */
      pin?: {
        [k: string]: unknown;
      };
      packages: Names;
    }
  | {
      kind?: 'root.replace';
      image: unknown;
      pin?: ImagePin;
      packages: Names;
      sizeBytes: number;
    }
  | {
      kind?: 'machine.rename' | 'agent.remove' | 'snapshot.take' | 'snapshot.restore';
      name: string;
    }
  | {
      kind?: 'disk.grow';
      sizeBytes: number;
    }
  | {
      kind?: 'port.add' | 'port.remove' | 'mount.add' | 'mount.remove' | 'script.run';
      key: string;
    }
  | {
      kind?: 'packages.change';
      install: Names;
      remove: Names;
    }
  | {
      kind?: 'guest.mend';
      things: FieldIds;
    }
  | {
      kind?: 'agent.install';
      name: string;
      version: string;
    };
export type Names = string[];
/**
 * Items: A field's name, for example resources.memory or base.packages[jq].
 */
export type FieldIds = string[];
/**
 * Ids of the steps that are done before this one.
 */
export type Names1 = string[];
/**
 * The fields that force this step.
 *
 * Items: A field's name, for example resources.memory or base.packages[jq].
 */
export type FieldIds1 = string[];
/**
 * The fields that are as the manifest asks once this step is done.
 *
 * Items: A field's name, for example resources.memory or base.packages[jq].
 */
export type FieldIds2 = string[];
/**
 * The fields that have to be done again after this step.
 *
 * Items: A field's name, for example resources.memory or base.packages[jq].
 */
export type FieldIds3 = string[];
export type AppliedField = {
  path:
    | 'name'
    | 'driver'
    | 'agent'
    | 'agents[].version'
    | 'agents[].args'
    | 'agents[].autonomy'
    | 'agents[].config'
    | 'agents[].configDirs'
    | 'base.image'
    | 'base.packages[]'
    | 'base.scripts[]'
    | 'resources.cpus'
    | 'resources.memory'
    | 'resources.disk'
    | 'workspace.guestPath'
    | 'workspace.mode'
    | 'workspace.shadow[]'
    | 'workspace.protect[]'
    | 'mounts[]'
    | 'volumes[]'
    | 'ports[]'
    | 'env[]'
    | 'secrets[]'
    | 'identity.gitconfig'
    | 'identity.gitCredentials'
    | 'identity.gh'
    | 'identity.ssh'
    | 'network.egress'
    | 'network.ports[]'
    | 'network.hostPorts[]'
    | 'services[]'
    | 'environment'
    | 'lifecycle.onExit'
    | 'lifecycle.idle'
    | 'lifecycle.protect'
    | 'drift.policy'
    | 'snapshots.keep'
    | 'snapshots.maxSize'
    | 'labels[]';
  key?: string;
  /**
   * What the manifest asked for; a secret or an env value is a keyed digest.
   */
  value: null | boolean | number | string | unknown[] | {};
  /**
   * What it was resolved to where that differs.
   */
  resolved?: null | boolean | number | string | unknown[] | {};
  /**
   * The value came from the defaults of the release that applied it.
   */
  isDefault?: true;
  /**
   * It was so already when the manifest began to ask for it.
   */
  isAdopted?: true;
  /**
   * A new root disk took it away: it is to be done again.
   */
  isUndone?: true;
  /**
   * A step for it was cut off or failed, so nobody knows whether it holds: it is to be done again.
   */
  isUncertain?: true;
};

/**
 * An apply begins.
 */
export interface BeginEntry {
  kind: 'begin';
  apply: Apply;
  at: At;
  /**
   * Of this journal; absent in those of the first releases, which is 1.
   */
  format?: 1;
  /**
   * Ids of the steps in the order in which they run.
   */
  steps: StepId[];
}
/**
 * Written and synced before a step.
 */
export interface IntentEntry {
  kind: 'intent';
  apply: Apply;
  at: At;
  step: Step;
  /**
   * What the step does to the applied fields; null takes one out.
   */
  patch: {
    [k: string]: null | AppliedField;
  };
}
export interface Step {
  id: string;
  action: Action;
  /**
   * What a change costs, least disruptive first.
   */
  strategy: 'noop' | 'live' | 'reapply' | 'restart' | 'recreate' | 'delete';
  after: Names1;
  fields: FieldIds1;
  records: FieldIds2;
  undoes?: FieldIds3;
  reason: Reason;
  title: string;
}
/**
 * What the image was resolved to before; absent where the catalogue is asked.
 */
export interface ImagePin {
  digest: string;
  /**
   * The catalogue's entry as it was then.
   */
  source?: {};
}
export interface Reason {
  code:
    | 'field-policy'
    | 'driver-limit'
    | 'unsupported'
    | 'machine-absent'
    | 'machine-stopped'
    | 'machine-crashed'
    | 'machine-paused'
    | 'drifted'
    | 'probe-failed'
    | 'resume'
    | 'requested'
    | 'before-risk';
  text: string;
}
/**
 * The step is done; the state has been written.
 */
export interface DoneEntry {
  kind: 'done';
  apply: Apply;
  at: At;
  step: StepId;
}
/**
 * The step failed or was cut off, and was taken back as far as it could be.
 */
export interface UndoneEntry {
  kind: 'undone';
  apply: Apply;
  at: At;
  step: StepId;
  why: string;
}
/**
 * All steps of the apply are done.
 */
export interface EndEntry {
  kind: 'end';
  apply: Apply;
  at: At;
}
