import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AgentvmError } from '../model/errors.ts';

/** Where the keeper's bundle lies as seen from a bundle at the top of dist/, from one in dist/cli/, and from src/lib/. */
const CANDIDATES = ['./keeper/main.js', '../keeper/main.js', '../../dist/keeper/main.js'];

/**
 * The file that `node` runs as a keeper.
 * @throws AgentvmError KEEPER_MISSING when the package was not built.
 */
export const keeperProgram = (): string => {
  const found = CANDIDATES.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
  if (found !== undefined) return found;
  throw new AgentvmError({
    code: 'KEEPER_MISSING',
    message: 'The file keeper/main.js of agentvm was not found',
    hint: 'Build agentvm with `npm run build`, or install the package again.',
  });
};
