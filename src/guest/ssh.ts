import { quotePosix } from '../lib/quote.ts';
import { AgentvmError } from '../model/errors.ts';
import type { SshTarget } from '../model/guest.ts';
import { sshArguments } from '../model/ssh-options.ts';

/** The program; the system's own, found on the PATH. */
export const SSH = 'ssh';
export const SSH_HINT = 'Install the OpenSSH client: `sudo apt-get install openssh-client`.';

/** sshd hands a command to the user's shell as one argument, and Linux takes none longer (MAX_ARG_STRLEN). */
const COMMAND_BYTES_MAX = 131_071;

/** ssh answers with this for failures of its own; see ssh(1), EXIT STATUS. */
export const SSH_FAILED = 255;

const CONNECT_TIMEOUT_S = 15;

/** The words of a remote command, each read back exactly as it is by the guest's shell, which they replace. */
export const remoteCommand = (words: readonly string[]): string => {
  if (words.some((word) => word.includes('\0'))) {
    throw new AgentvmError({
      code: 'ARGUMENT_INVALID',
      message: 'An argument for the machine contains a NUL character',
    });
  }
  const command = `exec ${words.map(quotePosix).join(' ')}`;
  const bytes = Buffer.byteLength(command);
  if (bytes > COMMAND_BYTES_MAX) {
    throw new AgentvmError({
      code: 'ARGUMENTS_TOO_LONG',
      message: `The command line is too long for the machine: ${bytes} bytes, ${COMMAND_BYTES_MAX} at most`,
      hint: 'Pass the text through standard input or a file of the project.',
    });
  }
  return command;
};

/** Arguments of one `ssh` that runs a command in a guest, over the machine's master connection where that is up. */
export const sshCommand = (
  target: SshTarget,
  words: readonly string[],
  options: { readonly terminal: boolean; readonly connectTimeoutS?: number },
): readonly string[] => [
  ...sshArguments(target),
  '-o',
  'ControlMaster=no',
  '-o',
  `ConnectTimeout=${options.connectTimeoutS ?? CONNECT_TIMEOUT_S}`,
  options.terminal ? '-tt' : '-T',
  '--',
  target.host,
  remoteCommand(words),
];
