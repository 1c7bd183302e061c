import { access, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDir, writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';

/** Where the keys of a machine are: ours to get in, and the guest's host key, which we pin. */
export type KeyFiles = { readonly identity: string; readonly hostKey: string; readonly knownHosts: string };

export const keyFiles = (dir: string): KeyFiles => ({
  identity: join(dir, 'keys', 'id_ed25519'),
  hostKey: join(dir, 'keys', 'ssh_host_ed25519_key'),
  knownHosts: join(dir, 'keys', 'known_hosts'),
});

/** The name under which a machine's host key stands in its known_hosts file. */
export const hostKeyAlias = (id: string): string => `agentvm-${id}`;

const HINT = 'Install OpenSSH: apt-get install openssh-client';

const ensureKey = async (context: Context, path: string, comment: string): Promise<void> => {
  const isThere = await access(`${path}.pub`).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const temporary = `${path}.new`;
  await Promise.all([rm(temporary, { force: true }), rm(`${temporary}.pub`, { force: true })]);
  await context.exec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', temporary], {
    hint: HINT,
    signal: context.signal,
  });
  // The public half comes last: it tells that both are there.
  await rename(temporary, path);
  await rename(`${temporary}.pub`, `${path}.pub`);
};

/** Makes both key pairs and the known_hosts file; what is there stays, also when the root disk is made anew. */
export const ensureKeys = async (context: Context, dir: string, id: string): Promise<void> => {
  const files = keyFiles(dir);
  await makePrivateDir(join(dir, 'keys'));
  await ensureKey(context, files.identity, 'agentvm');
  await ensureKey(context, files.hostKey, hostKeyAlias(id));
  const [type, key] = (await readFile(`${files.hostKey}.pub`, 'utf8')).split(' ');
  await writeFileAtomic(files.knownHosts, `${hostKeyAlias(id)} ${type} ${key}\n`);
};

/** The seed's files of keys. */
export const readKeySeed = async (dir: string): Promise<Readonly<Record<string, string>>> => {
  const files = keyFiles(dir);
  const [identity, hostKey, hostKeyPublic] = await Promise.all(
    [`${files.identity}.pub`, files.hostKey, `${files.hostKey}.pub`].map((path) => readFile(path, 'utf8')),
  );
  return {
    authorized_keys: identity ?? '',
    ssh_host_ed25519_key: hostKey ?? '',
    'ssh_host_ed25519_key.pub': hostKeyPublic ?? '',
  };
};
