/** Result of a program that ended in the guest. Output is the guest's: hostile bytes, decoded as UTF-8, bounded. */
export type GuestResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type GuestExecOptions = {
  /** Bytes for the program's standard input, or what yields them as they come; none by default. */
  readonly stdin?: string | Uint8Array | AsyncIterable<string>;
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

/** A part of what a guest told; unknown where it did not, or where it made no sense. */
export type Seen<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly why: string };

/** An agent as it is in the guest. */
export type SeenAgent = {
  /** What it says, or what its whole and untouched package says; null when it is not there or does not start. */
  readonly version: string | null;
  /** Files of its package are not as they were when it was installed. */
  readonly isAltered: boolean;
};

export type GuestUser = {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
};

/** What one round trip tells about the inside. Each part is known or unknown by itself. */
export type GuestFacts = {
  readonly bootId: string;
  readonly packages: Seen<Readonly<Record<string, 'installed' | 'absent'>>>;
  readonly agents: Readonly<Record<string, Seen<SeenAgent>>>;
  /** Guest path → the share that is mounted there, topmost. */
  readonly mounts: Seen<Readonly<Record<string, { readonly share: string; readonly mode: 'ro' | 'rw' }>>>;
  /** Script → SHA-256 of the content that ran to its end last, or null when none did. */
  readonly scripts: Seen<Readonly<Record<string, string | null>>>;
  /** Guest path → SHA-256 of the file there, or null when there is none. */
  readonly files: Readonly<Record<string, Seen<string | null>>>;
  readonly hostname: Seen<string>;
  readonly user: Seen<GuestUser>;
  readonly cpus: Seen<number>;
  readonly memoryMiB: Seen<number>;
  /** Whether it has a way out: a default route. */
  readonly hasRoute: Seen<boolean>;
  /** Of the root file system; what its user may still write. */
  readonly room: Seen<{ readonly totalBytes: number; readonly freeBytes: number }>;
};

/** What to look at in a guest, beside what needs no name. */
export type LookRequest = {
  readonly packages: readonly string[];
  readonly agents: readonly string[];
  /** Names of the manifest's scripts. */
  readonly scripts?: readonly string[];
  /** Agent → stamp of its package as it was installed, where one was taken. */
  readonly stamps?: Readonly<Record<string, string>>;
  /** Absolute guest paths. */
  readonly files?: readonly string[];
};

/** An agent that was installed: its exact version, and a stamp that changes with any file of its package. */
export type InstalledAgent = { readonly version: string; readonly stamp: string };

/** A file that agentvm puts into the guest. */
export type GuestFile = {
  readonly path: string;
  readonly content: string;
  readonly isExecutable: boolean;
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
  /** Looks at everything in one round trip, and by name at packages, agents and files. */
  readonly observe: (request: LookRequest) => Promise<GuestFacts>;
  /** Packages that somebody asked for, and those that npm has for all users: what an import could take over. */
  readonly findInstalled: () => Promise<{
    readonly packages: readonly string[];
    readonly npm: readonly string[];
  }>;
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
  /** Replaces the environment that sessions start with. Returns the SHA-256 of the file. */
  readonly writeEnvironment: (environment: Readonly<Record<string, string>>) => Promise<string>;
  /**
   * Writes files as root, then does with a seed what a boot does with it: user, names, keys, certificates. The way
   * out is opened again where it is closed.
   */
  readonly mend: (work: {
    readonly files: readonly GuestFile[];
    readonly seed: Readonly<Record<string, string>>;
    readonly network: boolean;
  }) => Promise<void>;
  /** Binds a share, which the driver has exported already, to its place. */
  readonly mountShare: (share: GuestShare) => Promise<void>;
  /** Frees the place; the driver stops exporting the share afterwards. */
  readonly unmountShare: (share: GuestShare) => Promise<void>;
  /**
   * Installs an agent at `latest`, `host` or an exact version. What is there already is left alone unless its stamp is
   * another one than `stamp`.
   */
  readonly installAgent: (agent: {
    readonly name: string;
    readonly version: string;
    readonly stamp?: string;
  }) => Promise<InstalledAgent>;
  readonly removeAgent: (name: string) => Promise<void>;
  /**
   * Does work on the host while the guest's root file system holds still and is whole on its disk. The guest goes on by
   * itself after some seconds, whatever becomes of the host. Where it cannot hold still the work is done all the same.
   */
  readonly quiesce: <T>(work: () => Promise<T>) => Promise<T>;
  /** What people and agents run in the guest through agentvm, each by the name of its program. */
  readonly sessions: () => Promise<readonly string[]>;
};
