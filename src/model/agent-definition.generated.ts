/* Generated from schemas/agent.v1.json by `npm run generate`; change the schema instead. */

/**
 * @maxItems 50
 */
export type Args = string[];
export type HomePath = string;
/**
 * Arguments put before all others at each start.
 *
 * @maxItems 50
 */
export type Args1 = string[];
/**
 * Arguments that switch this level on.
 *
 * @maxItems 50
 */
export type Args2 = string[];

/**
 * How a coding agent is installed and started. Looked for as .agentvm/agents/NAME.yaml in the project, then agents/NAME.yaml in agentvm's folder under XDG_CONFIG_HOME, then among those that ship with agentvm.
 */
export interface AgentDefinition {
  /**
   * The format of this file.
   */
  apiVersion: 'agentvm-agent/v1';
  /**
   * What the manifest and the command line call it; also the file's name.
   */
  name: string;
  /**
   * Its name for people.
   */
  title?: string;
  /**
   * Where its users read about it.
   */
  homepage?: string;
  /**
   * Downloaded and checked once on the host, without running anything of it; copied into the machine.
   */
  install: {
    /**
     * The npm package.
     */
    npm: string;
    /**
     * The command that the package brings and that starts the agent.
     */
    bin: string;
    /**
     * Packages whose install scripts run, in the machine only. Others' never run.
     *
     * @maxItems 50
     */
    scripts?: string[];
  };
  /**
   * How the installed agent tells its version. Default: --version, and the first x.y.z in what it prints.
   */
  version?: {
    args?: Args;
    /**
     * A regular expression whose first group is the version.
     */
    pattern?: string;
  };
  /**
   * Folders and files in the home folder where the agent keeps its settings and logins.
   *
   * @maxItems 20
   */
  configDirs?: HomePath[];
  /**
   * The file that the manifest's `config` of the agent is written to, whole.
   */
  configFile?: {
    path: HomePath;
    format: 'json' | 'toml';
  };
  args?: Args1;
  env?: Env;
  /**
   * Every subcommand it has, so that a prompt can be told from one.
   *
   * @maxItems 100
   */
  subcommands?: string[];
  /**
   * What the manifest's levels of autonomy mean for this agent.
   */
  autonomy?: {
    ask?: Autonomy;
    full?: Autonomy;
  };
}
/**
 * Environment at each start, for example what keeps it from updating itself.
 */
export interface Env {
  [k: string]: string;
}
export interface Autonomy {
  args?: Args2;
  /**
   * Subcommands that take these arguments, which then stand right behind the subcommand. Without a subcommand they stand first; with any other they are left out.
   *
   * @maxItems 100
   */
  subcommands?: string[];
  env?: Env1;
  rootEnv?: Env2;
}
export interface Env1 {
  [k: string]: string;
}
/**
 * Environment added where the machine's user is root.
 */
export interface Env2 {
  [k: string]: string;
}
