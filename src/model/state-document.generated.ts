/* Generated from schemas/state.v2.json by `npm run generate`; change the schema instead. */

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
 * `machine.json` in a machine's folder: what was last verified as done. The number in this schema's name is the document's format.
 */
export interface StateDocument {
  format: 2;
  /**
   * The release of agentvm that wrote it.
   */
  release: string;
  id: string;
  /**
   * Drawn once when the machine is made; a saved plan names it.
   */
  lineage: string;
  /**
   * Counts every write.
   */
  serial: number;
  name: string;
  driver: 'qemu' | 'lima' | 'vfkit' | 'incus' | 'fake';
  /**
   * Where the project's folder is, so that a moved folder can be told from a copied one.
   */
  project: {
    realPath: string;
    device: number;
    inode: number;
  };
  manifestPath: string;
  phase: 'creating' | 'ready' | 'deleting';
  createdAt: string;
  appliedAt: string | null;
  /**
   * First hex digits of the SHA-256 of the manifest and its layers.
   */
  revision: string | null;
  fields: Fields;
  /**
   * The driver's own record, opaque to everyone else.
   */
  driverState: null | boolean | number | string | unknown[] | {};
  /**
   * The last step whose effect stands in this document.
   */
  lastStep: null | {
    apply: string;
    step: string;
  };
  /**
   * What was applied before a new root disk that has not booted yet.
   */
  unprovenRoot: null | Fields;
}
/**
 * By the field's name, for example resources.memory or base.packages[jq].
 */
export interface Fields {
  [k: string]: AppliedField;
}
