/* Generated from schemas/agentvm.v1.json by `npm run generate`; change the schema instead. */

/**
 * An agent's name: lower-case letters, digits and hyphens.
 */
export type AgentName = string;
export type Agent =
  | AgentName
  | {
      name: AgentName;
      /**
       * `latest` (pinned at apply, moved by `agentvm upgrade`), `host` (what this host has) or an exact version.
       */
      version?: string;
      /**
       * Arguments put before the user's own.
       */
      args?: string[];
      /**
       * `full` starts the agent without its permission prompts.
       */
      autonomy?: 'ask' | 'full';
      /**
       * The agent's own configuration, in its own format.
       */
      config?: {
        [k: string]: unknown;
      };
      /**
       * What the guest gets of the host's configuration folders of this agent.
       */
      configDirs?: 'shared' | 'readonly' | 'copy' | 'none';
    };
/**
 * An absolute path in the guest without . or .. in it.
 */
export type GuestPath = string;
/**
 * A path relative to the project's folder without . or .. in it.
 */
export type RelativePath = string;
/**
 * A number and a binary unit: MiB, GiB or TiB.
 */
export type Size = string;
export type Port =
  | PortNumber
  | string
  | {
      guest: PortNumber;
      host?: PortNumber | 'auto';
      /**
       * The host address to listen on. Default: 127.0.0.1.
       */
      address?: string;
    };
/**
 * A port from 1 to 65535.
 */
export type PortNumber = number;
/**
 * A name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
 */
export type HostEntry = string;

/**
 * agentvm.yaml: one document declares one virtual machine. In a file with `extends`, null removes what a layer has set.
 */
export interface Manifest {
  /**
   * The format of this file.
   */
  apiVersion: 'agentvm/v1';
  /**
   * The machine's name and the guest's hostname: 2 to 63 lower-case letters, digits and hyphens. Default: the folder's name.
   */
  name?: string;
  /**
   * What makes the machine. `auto` takes the best driver that this host has.
   */
  driver?: 'auto' | 'qemu' | 'lima' | 'vfkit' | 'incus' | 'fake';
  /**
   * Manifests to start from, merged in order, this file last. Paths are relative to the file they stand in.
   *
   * @maxItems 16
   */
  extends?: string[];
  /**
   * The agent that `agentvm run` starts.
   */
  agent?:
    | AgentName
    | {
        name: AgentName;
        /**
         * `latest` (pinned at apply, moved by `agentvm upgrade`), `host` (what this host has) or an exact version.
         */
        version?: string;
        /**
         * Arguments put before the user's own.
         */
        args?: string[];
        /**
         * `full` starts the agent without its permission prompts.
         */
        autonomy?: 'ask' | 'full';
        /**
         * The agent's own configuration, in its own format.
         */
        config?: {
          [k: string]: unknown;
        };
        /**
         * What the guest gets of the host's configuration folders of this agent.
         */
        configDirs?: 'shared' | 'readonly' | 'copy' | 'none';
      };
  /**
   * Other agents to have in the same machine.
   *
   * @maxItems 16
   */
  agents?: Agent[];
  /**
   * What the guest system is made of.
   */
  base?: {
    /**
     * A name from manifests/images.yaml, or {url, sha256}, or {path}.
     */
    image?:
      | string
      | {
          /**
           * An http or https address.
           */
          url: string;
          /**
           * 64 lower-case hexadecimal digits.
           */
          sha256: string;
        }
      | {
          path: string;
        };
    /**
     * Packages of the guest's distribution.
     *
     * @maxItems 1000
     *
     * Items: The name of a package: lower-case letters, digits, +, . and -.
     */
    packages?: string[];
    /**
     * Scripts in or below this file's folder, run as root in lexical order, and again when their content changes.
     *
     * @maxItems 100
     */
    scripts?: string[];
  };
  resources?: {
    /**
     * Virtual processors.
     */
    cpus?: number;
    /**
     * Memory, for example 8GiB.
     */
    memory?: string;
    /**
     * Size of the root disk, for example 40GiB. It takes only what is written.
     */
    disk?: string;
  };
  /**
   * How the project's folder shows in the guest.
   */
  workspace?: {
    /**
     * Where the project appears in the guest; `same` is its path on the host.
     */
    guestPath?: 'same' | GuestPath;
    /**
     * Whether the guest may write to the project.
     */
    mode?: 'rw' | 'ro';
    /**
     * Folders of the project that the guest has for itself.
     *
     * @maxItems 100
     */
    shadow?: RelativePath[];
    /**
     * Files and folders of the project that the guest may read but not change. The manifest, what it refers to and .git/hooks always are.
     *
     * @maxItems 100
     */
    protect?: RelativePath[];
  };
  /**
   * Other host folders to show in the guest.
   *
   * @maxItems 100
   */
  mounts?: Mount[];
  /**
   * Disks of their own that outlive the root disk.
   *
   * @maxItems 20
   */
  volumes?: Volume[];
  /**
   * Guest ports to reach on the host: 3000, "8080:80" (host:guest), or a map.
   *
   * @maxItems 1024
   */
  ports?: Port[];
  /**
   * Environment of every session in the guest.
   */
  env?: {
    [k: string]: string | number | boolean;
  };
  /**
   * Files of NAME=value lines for the environment; `env` wins over them.
   *
   * @maxItems 20
   */
  envFile?: string[];
  /**
   * Values that stay on the host and are put into requests to the named hosts.
   */
  secrets?: {
    [k: string]: Secret;
  };
  /**
   * What of the user's identity the guest can use.
   */
  identity?: {
    gitconfig?: boolean;
    gitCredentials?: 'broker' | 'copy' | 'none';
    gh?: 'broker' | 'copy' | 'none';
    ssh?: 'none' | 'agent' | 'mount';
  };
  network?: {
    /**
     * What the guest may reach: `public` (the default) is any public address on TCP 22, 80 and 443, `none` is nothing, `open` is whatever this host reaches, or a list of what is allowed.
     */
    egress?:
      | ('open' | 'public' | 'none')
      | {
          /**
           * What the guest may reach, by name or address; without a port that is TCP 22, 80, 443 and network.ports.
           *
           * @maxItems 1024
           */
          allow: HostEntry[];
          /**
           * What it may not although an entry allows it; without a port that is every port.
           *
           * @maxItems 1024
           */
          deny?: HostEntry[];
        };
    /**
     * TCP ports beside 22, 80 and 443 that `public`, and an entry without a port, mean.
     *
     * @maxItems 1024
     */
    ports?: PortNumber[];
    /**
     * Ports of this host's loopback that the guest reaches at host.agentvm.internal and 10.0.2.2.
     *
     * @maxItems 1024
     */
    hostPorts?: PortNumber[];
  };
  /**
   * Programs that run as long as the machine does.
   *
   * @maxItems 100
   */
  services?: Service[];
  /**
   * The tool environment that shells and agents start in.
   */
  environment?: 'auto' | 'none' | 'devbox' | 'nix';
  lifecycle?: {
    /**
     * What happens when the last session ends.
     */
    onExit?: 'keep' | 'stop' | 'suspend' | 'delete';
    /**
     * What happens to a machine that nobody uses: no session, no connection at its ports, none of its own, and no work in it.
     */
    idle?: {
      /**
       * How long nobody has used it: a number and a unit, s, m or h, for example 30m; at least 10s.
       */
      after: string;
      /**
       * `suspend` halts its processors until the next use, which wakes it at once; its memory stays this host's. Default: suspend.
       */
      action?: 'suspend' | 'stop';
    };
    /**
     * Refuse `agentvm rm` and every step that deletes the machine's disk.
     */
    protect?: boolean;
  };
  drift?: {
    policy?: 'report' | 'heal';
  };
  snapshots?: {
    /**
     * How many of the snapshots that agentvm takes before scripts, package changes and new root disks are kept; 0 takes none.
     */
    keep?: number;
    /**
     * A number and a binary unit: MiB, GiB or TiB.
     */
    maxSize?: string;
  };
  /**
   * Free text for people and scripts; shown by `agentvm list --json`.
   */
  labels?: {
    [k: string]: string;
  };
}
export interface Mount {
  /**
   * A folder on the host; ~ and paths relative to this file work.
   */
  host: string;
  guest: GuestPath;
  /**
   * Default: ro.
   */
  mode?: 'rw' | 'ro';
}
export interface Volume {
  /**
   * A name: lower-case letters, digits and hyphens.
   */
  name: string;
  guest: GuestPath;
  size: Size;
}
export interface Secret {
  /**
   * Where the value comes from, each time that it is used: a variable of the command that you run, a file, your keyring, or what a program prints.
   */
  from: 'env' | 'file' | 'keyring' | 'command';
  /**
   * For env: the variable on this host. Default: the secret's name.
   */
  variable?: string;
  /**
   * For file: a path outside the project; ~ and paths relative to this file work.
   */
  path?: string;
  /**
   * For keyring: the service under which the value is kept. Default: agentvm.
   */
  service?: string;
  /**
   * For keyring: the account under which the value is kept. Default: the secret's name.
   */
  account?: string;
  /**
   * For command: a program of this host and its arguments, run in your home folder; the value is the first line that it prints.
   *
   * @minItems 1
   * @maxItems 64
   *
   * Items: A word of the command, on one line.
   */
  command?: [string, ...string[]];
  /**
   * The hosts whose requests get the value: names, or *.example.com for all below one.
   *
   * @minItems 1
   * @maxItems 100
   */
  hosts: [HostEntry, ...HostEntry[]];
}
export interface Service {
  /**
   * A name: lower-case letters, digits and hyphens.
   */
  name: string;
  command: string;
  port?: PortNumber;
}
