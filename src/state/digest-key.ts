import { randomBytes } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import type { Paths } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';

const KEY_BYTES = 32;

const readKey = async (path: string): Promise<Buffer | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length === KEY_BYTES) return key;
  throw new AgentvmError({
    code: 'DIGEST_KEY_CORRUPT',
    exitCode: ExitCode.stalled,
    message: `${path} does not hold a key of ${KEY_BYTES} bytes`,
    hint: `Delete it (rm ${path}); the next plan then shows every environment variable as changed once.`,
  });
};

/**
 * This host's key for the digests of environment values in plans and state: a plain digest of a short secret
 * could be guessed. Made at the first use, 32 random bytes as hex in a file of mode 0600.
 * @throws AgentvmError DIGEST_KEY_CORRUPT (exit 8).
 */
export const digestKey = async (paths: Paths): Promise<Buffer> => {
  const path = join(paths.state, 'digest.key');
  const present = await readKey(path);
  if (present !== undefined) return present;
  // Named as temp files are, so that one that is left by a killed process goes as they do.
  const proposal = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFileAtomic(proposal, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  try {
    // A link fails where the name is taken, so of two first users one key wins.
    await link(proposal, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(proposal, { force: true });
  }
  const made = await readKey(path);
  if (made === undefined) throw new Error(`${path} vanished while it was made`);
  return made;
};
