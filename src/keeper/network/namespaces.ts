/** A command that runs as root of a machine's namespaces, in its network and with this host's files. */
export const enterNetwork = (holderPid: number, command: readonly string[]): readonly string[] => [
  'nsenter',
  '--user',
  '--net',
  '--preserve-credentials',
  ...['-t', String(holderPid)],
  ...command,
];
