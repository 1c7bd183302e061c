import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { AgentvmError, ExitCode } from '../model/errors.ts';

/**
 * Reads a document of this user's state without following a link.
 * @throws AgentvmError STATE_FOREIGN_OWNER (exit 8); otherwise what node throws, ENOENT for one.
 */
export const readOwnFile = async (path: string): Promise<string> => {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const owner = (await handle.stat()).uid;
    const self = process.getuid?.() ?? owner;
    if (owner !== self) {
      throw new AgentvmError({
        code: 'STATE_FOREIGN_OWNER',
        exitCode: ExitCode.stalled,
        message: `${path} belongs to the user with id ${owner}, not to you (${self})`,
        hint: `Run agentvm as that user (without sudo), or take the file over: sudo chown ${self} ${path}`,
      });
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};
