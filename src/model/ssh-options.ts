import type { SshTarget } from './guest.ts';

/**
 * A path as ssh's configuration reads it back (ssh_config(5)): words are split at blanks unless in double quotes,
 * and `%` starts a token.
 */
const configPath = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;

/**
 * The settings under which every ssh, scp and ControlMaster of ours reaches a guest, as name and value: nothing of
 * the user's own configuration, only the pinned host key, only the machine's key, never a question.
 */
export const sshSettings = (target: SshTarget): readonly (readonly [name: string, value: string])[] => [
  ['User', target.user],
  ['Port', String(target.port)],
  ['HostKeyAlias', target.hostKeyAlias],
  ['UserKnownHostsFile', configPath(target.knownHostsFile)],
  ['GlobalKnownHostsFile', '/dev/null'],
  ['StrictHostKeyChecking', 'yes'],
  ['UpdateHostKeys', 'no'],
  ['CheckHostIP', 'no'],
  ['IdentityFile', configPath(target.identityFile)],
  ['IdentitiesOnly', 'yes'],
  ['IdentityAgent', 'none'],
  ['PreferredAuthentications', 'publickey'],
  ['BatchMode', 'yes'],
  ['ForwardAgent', 'no'],
  ['ForwardX11', 'no'],
  ['EscapeChar', 'none'],
  ['ServerAliveInterval', '15'],
  ['ServerAliveCountMax', '8'],
  ['ControlPath', configPath(target.controlPath)],
  ['LogLevel', 'ERROR'],
];

/**
 * The same as arguments that stand before the host: `ssh …sshArguments(target) HOST`. The caller adds ControlMaster.
 */
export const sshArguments = (target: SshTarget): readonly string[] => [
  '-F',
  'none',
  ...sshSettings(target).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
];
