import { authorityFiles, readAuthority } from '../../lib/certificate-authority.ts';
import { readKeySeed } from './keys.ts';

/** What of a machine's folder its guest gets at each start: keys, and the certificate of its own authority. */
export const readOwnSeed = async (dir: string): Promise<Readonly<Record<string, string>>> => {
  const authority = await readAuthority(authorityFiles(dir));
  return {
    ...(await readKeySeed(dir)),
    ...(authority === undefined ? {} : { 'ca/machine.crt': authority.certificate }),
  };
};
