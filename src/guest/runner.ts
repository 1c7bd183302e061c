/** Where the runner of sessions stands in every guest; see manifests/base/rootfs. */
export const RUNNER = '/usr/local/lib/agentvm/session';

/** How a session starts; each is described in the runner itself. */
export type RunnerMode = 'run' | 'shell' | 'typed' | 'plain';

export type RunnerRequest = {
  readonly mode: RunnerMode;
  /** 32 hex digits, drawn for this session. */
  readonly id: string;
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
};

/** The runner's words for one session. */
export const runnerCommand = (runner: string, request: RunnerRequest): readonly string[] => [
  runner,
  request.mode,
  request.id,
  request.cwd,
  ...Object.entries(request.environment ?? {}).map(([name, value]) => `${name}=${value}`),
  '--',
  ...request.argv,
];

/** The words that send a signal, named without SIG, to a session's processes. */
export const signalCommand = (runner: string, id: string, signal: string): readonly string[] => [
  runner,
  'signal',
  id,
  signal,
];

/** The words that ask whether a session's own program ended with 255. */
export const resultCommand = (runner: string, id: string): readonly string[] => [runner, 'result', id];
