/** A host folder shown in the guest. */
export type Share = {
  /** `workspace`, `packages` (agents' packages, read-only), or 12 hex digits; also the folder's name in the exported tree. */
  readonly id: string;
  /** Absolute path on the host as it was approved; resolved again at each use. */
  readonly hostPath: string;
  /**
   * The real path that was granted, to which hostPath must lead when it is exported; null where what it leads to now
   * was not, so that it is not exported anew.
   */
  readonly target: string | null;
  /** Folder that the guest can write to and that hostPath lies in, if any: no link may be followed below it. */
  readonly within?: string;
  readonly guestPath: string;
  readonly mode: 'ro' | 'rw';
  /** Paths relative to hostPath that the guest may read but not change. */
  readonly protect: readonly string[];
};

/** A guest port to reach on the host. `host: 'auto'` takes a free one, told by `Inspection.ports`. */
export type PortForward = {
  readonly key: string;
  readonly guest: number;
  readonly host: number | 'auto';
  readonly address: string;
};
