import { sha256 } from '../../lib/hash.ts';
import { quotePosix } from '../../lib/quote.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { Guest } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';

const TIMEOUT_MS = 60_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Sessions run as the user, who alone may read the values; sudo names whom it was called by. */
const WRITE = `set -eu
umask 077
mkdir -p /etc/agentvm
chmod 755 /etc/agentvm
cat >/etc/agentvm/env.new
chown "\${SUDO_UID:-0}:\${SUDO_GID:-0}" /etc/agentvm/env.new
mv /etc/agentvm/env.new /etc/agentvm/env
sync -f /etc/agentvm/env`;

/** The environment as lines that a POSIX shell sources. */
export const environmentText = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => {
      if (!NAME.test(name) || value.includes('\0')) {
        throw new AgentvmError({
          code: 'ENVIRONMENT_INVALID',
          message: `The environment variable '${name}' cannot be passed to the machine`,
          hint: 'Names are letters, digits and underscores; values hold no NUL character.',
        });
      }
      return `export ${name}=${quotePosix(value)}\n`;
    })
    .join('');

/**
 * Replaces the environment that sessions start with. The values travel on standard input, never in arguments.
 * @returns the SHA-256 of the file.
 */
export const writeEnvironment = async (
  guest: Guest,
  environment: Readonly<Record<string, string>>,
): Promise<string> => {
  const text = environmentText(environment);
  const result = await guest.exec(['sh', '-c', WRITE], {
    as: 'root',
    stdin: text,
    timeoutMs: TIMEOUT_MS,
  });
  if (result.exitCode !== 0) {
    throw guestFailure({
      code: 'ENVIRONMENT_NOT_WRITTEN',
      message: 'The environment of sessions could not be written in the machine',
      result,
    });
  }
  return sha256(text);
};
