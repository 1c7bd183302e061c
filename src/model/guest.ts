/** Result of a program that ended in the guest. Output is the guest's: hostile bytes, decoded as UTF-8, bounded. */
export type GuestResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type GuestExecOptions = {
  /** Bytes for the program's standard input; none by default. */
  readonly stdin?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** `root` uses sudo; default is the guest's user. */
  readonly as?: 'user' | 'root';
  readonly signal?: AbortSignal;
  /** Called with each line of output as it comes, for progress and logs. */
  readonly onLine?: (line: string) => void;
};

/** How to reach a guest over SSH: all that a client needs. Every path is on the host. */
export type SshTarget = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The private key; `null` lets ssh choose (a driver with its own config). */
  readonly identityFile: string;
  readonly knownHostsFile: string;
  /** The name under which the host key stands in knownHostsFile. */
  readonly hostKeyAlias: string;
  /** Socket of the ControlMaster; at most 90 bytes, since ssh appends a suffix of 17 while binding (limit 108). */
  readonly controlPath: string;
};

/** What is asked of a guest, whatever the driver. Every method throws AgentvmError on failure. */
export type Guest = {
  /** Runs a program and waits. Never throws for its exit code. */
  readonly exec: (argv: readonly string[], options?: GuestExecOptions) => Promise<GuestResult>;
};

/** What one round trip tells about the inside. */
export type GuestFacts = {
  readonly packages: Readonly<Record<string, 'installed' | 'absent'>>;
  /** Version that the agent itself prints, or null when it is not there. */
  readonly agents: Readonly<Record<string, string | null>>;
  /** Guest paths that are mounted from a share. */
  readonly mounts: readonly string[];
  readonly bootId: string;
};

/** A share of the exported folder as the guest is told of it. */
export type GuestShare = { readonly id: string; readonly guestPath: string; readonly mode: 'ro' | 'rw' };

/**
 * What the engine asks of a guest: over SSH for real machines, simulated for the fake driver. Every method may be
 * run again: what is already so is left alone, what was left half-done is mended first.
 * @throws AgentvmError naming what failed, with the guest's last lines of output.
 */
export type GuestOperations = {
  /** Returns when the guest answers; fails after a deadline, showing the end of the console log. */
  readonly waitUntilReady: () => Promise<void>;
  /** Looks at the named packages and agents and at the mounted shares, in one round trip. */
  readonly observe: (names: {
    readonly packages: readonly string[];
    readonly agents: readonly string[];
  }) => Promise<GuestFacts>;
  readonly changePackages: (change: {
    readonly install: readonly string[];
    readonly remove: readonly string[];
  }) => Promise<void>;
  /** Runs a script of the project as root; `name` is its path in the project, `cwd` a folder in the guest. */
  readonly runScript: (script: {
    readonly name: string;
    readonly content: Uint8Array;
    readonly cwd: string;
  }) => Promise<void>;
  /** Replaces the environment that sessions start with. */
  readonly writeEnvironment: (environment: Readonly<Record<string, string>>) => Promise<void>;
  /** Binds a share, which the driver has exported already, to its place. */
  readonly mountShare: (share: GuestShare) => Promise<void>;
  /** Frees the place; the driver stops exporting the share afterwards. */
  readonly unmountShare: (share: GuestShare) => Promise<void>;
  /** Installs an agent at `latest`, `host` or an exact version and returns the exact one. */
  readonly installAgent: (agent: { readonly name: string; readonly version: string }) => Promise<string>;
  readonly removeAgent: (name: string) => Promise<void>;
};
