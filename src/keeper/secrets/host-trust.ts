import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { addedCertificates } from '../../lib/host-certificates.ts';

/** Where systems keep all authorities that they trust in one file: Debian and Arch, Fedora, openSUSE, Alpine and macOS. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
] as const;

type Env = Readonly<Record<string, string | undefined>>;

const bundlesOf = (env: Env): readonly string[] => {
  const named = env.SSL_CERT_FILE;
  return named === undefined || named === '' ? BUNDLES : [named];
};

const extraOf = (env: Env): readonly string[] =>
  env.NODE_EXTRA_CA_CERTS === undefined ? [] : [env.NODE_EXTRA_CA_CERTS];

/** Changes whenever one of the files does. */
const stampOf = async (paths: readonly string[]): Promise<string> => {
  const stamps = paths.map((path) =>
    stat(path).then(
      (found) => `${found.ino}:${found.mtimeMs}`,
      () => '-',
    ),
  );
  return (await Promise.all(stamps)).join(' ');
};

const readFirst = async (paths: readonly string[]): Promise<string | undefined> => {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  }
  return undefined;
};

/**
 * Gives what this host trusts, to verify servers by: its own bundle (or the one that SSL_CERT_FILE names), else Node's
 * list and what was added to the system; NODE_EXTRA_CA_CERTS too. Read again when a file has changed.
 */
export const createHostTrust = (env: Env): (() => Promise<SecureContext>) => {
  const paths = [...bundlesOf(env), ...extraOf(env)];
  let stamp: string | undefined;
  let context: SecureContext | undefined;
  return async () => {
    const now = await stampOf(paths);
    if (context !== undefined && now === stamp) return context;
    const bundle = await readFirst(bundlesOf(env));
    const extra = await readFirst(extraOf(env));
    const system =
      bundle === undefined ? [...rootCertificates, ...Object.values(await addedCertificates(env))] : [bundle];
    context = createSecureContext({
      ca: [...system, ...(extra === undefined ? [] : [extra])],
      minVersion: 'TLSv1.2',
    });
    stamp = now;
    return context;
  };
};
