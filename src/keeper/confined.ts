/** In the namespaces of a machine: as the host's own user, without capabilities and without a way to get any. */
export const confined = (command: readonly string[]): readonly string[] => [
  'unshare',
  '--user',
  `--map-user=${process.getuid?.() ?? 0}`,
  `--map-group=${process.getgid?.() ?? 0}`,
  'setpriv',
  '--no-new-privs',
  '--bounding-set=-all',
  '--inh-caps=-all',
  ...command,
];
