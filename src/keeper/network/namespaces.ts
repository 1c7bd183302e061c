import { confined } from '../confined.ts';

/** A command that runs as root of a machine's namespaces, in its network and with this host's files. */
export const enterNetwork = (holderPid: number, command: readonly string[]): readonly string[] => [
  'nsenter',
  '--user',
  '--net',
  '--preserve-credentials',
  ...['-t', String(holderPid)],
  ...command,
];

/** The same as this host's user, who has no capability in there. */
export const enterNetworkAs = (holderPid: number, command: readonly string[]): readonly string[] =>
  enterNetwork(holderPid, confined(command));
