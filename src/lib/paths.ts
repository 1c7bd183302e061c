import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Folders of the product on this host, per the XDG Base Directory Specification. All absolute. */
export type Paths = {
  readonly home: string;
  /** User's own agents and settings: `$XDG_CONFIG_HOME/agentvm`. */
  readonly config: string;
  /** Machines, locks, sockets: `$XDG_STATE_HOME/agentvm`. */
  readonly state: string;
  /** Layers, images, agent packages: `$XDG_DATA_HOME/agentvm`. */
  readonly data: string;
  /** What can be made again without loss: `$XDG_CACHE_HOME/agentvm`. */
  readonly cache: string;
};

/** The product's folders for an environment. A relative XDG value is ignored, as the specification says. */
export const pathsFrom = (env: Readonly<Record<string, string | undefined>>): Paths => {
  const home = env.HOME && isAbsolute(env.HOME) ? env.HOME : homedir();
  const base = (name: string, fallback: string): string => {
    const value = env[name];
    return join(value && isAbsolute(value) ? value : join(home, fallback), 'agentvm');
  };
  return {
    home,
    config: base('XDG_CONFIG_HOME', '.config'),
    state: base('XDG_STATE_HOME', '.local/state'),
    data: base('XDG_DATA_HOME', '.local/share'),
    cache: base('XDG_CACHE_HOME', '.cache'),
  };
};

/** Folder of one machine's files. */
export const machineDir = (paths: Paths, id: string): string => join(paths.state, 'machines', id);

/** Folder of the machines that were set aside; each lies in it as it lay among the machines. */
export const trashDir = (paths: Paths): string => join(paths.state, 'trash');

/**
 * Folder of one machine's sockets, short because a unix socket's path has at most 108 bytes on Linux (104 on
 * macOS) and ssh appends 17 while it binds its own.
 */
export const socketDir = (paths: Paths, id: string): string =>
  join(paths.state, 'r', id.replaceAll('-', '').slice(0, 8));

/** Longest path that both Linux (108 bytes with its NUL) and macOS (104) let a unix socket have. */
export const SOCKET_PATH_LIMIT_BYTES = 103;
