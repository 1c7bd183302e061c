import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** Where a host's owner puts authorities of their own: Debian and Alpine, Fedora, Arch. */
const ADDED_FOLDERS = [
  '/usr/local/share/ca-certificates',
  '/etc/pki/ca-trust/source/anchors',
  '/etc/ca-certificates/trust-source/anchors',
] as const;

/** The distribution's own authorities, one a file or all in one: nothing that was added. */
const DISTRIBUTION_FOLDERS = ['/usr/share/ca-certificates', '/usr/share/pki/ca-trust-source'] as const;

/** Variables that name a file with authorities, which may hold the distribution's too. */
const BUNDLE_VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const;

const NAME_DIGITS = 16;
const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

const textsIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1').catch(() => '')),
  );
};

/** Certificates in texts, fingerprint → PEM. What cannot be read as one is left out. */
const certificatesIn = (texts: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const pem of texts.flatMap((text) => text.match(PEM) ?? [])) {
    try {
      const certificate = new X509Certificate(pem);
      found.set(certificate.fingerprint256.replaceAll(':', '').toLowerCase(), certificate.toString());
    } catch {
      // A text that only looks like a certificate certifies nothing.
    }
  }
  return found;
};

export type CertificatePlaces = {
  readonly added?: readonly string[];
  readonly distribution?: readonly string[];
};

/**
 * The authorities that the owner of this host added to its distribution's, as companies with a gateway of their own
 * do: file name → PEM text, named by fingerprint. On macOS only those that a variable names; the keychain is not read.
 */
export const addedCertificates = async (
  env: Readonly<Record<string, string | undefined>>,
  places: CertificatePlaces = {},
): Promise<Readonly<Record<string, string>>> => {
  const bundles = [
    ...new Set(BUNDLE_VARIABLES.map((name) => env[name]).filter((path) => path !== undefined)),
  ];
  const read = async (folders: readonly string[]): Promise<readonly string[]> =>
    (await Promise.all(folders.map(textsIn))).flat();
  const [added, bundled, own] = await Promise.all([
    read(places.added ?? ADDED_FOLDERS),
    Promise.all(bundles.map((path) => readFile(path, 'latin1').catch(() => ''))),
    read(places.distribution ?? DISTRIBUTION_FOLDERS),
  ]);
  const distribution = certificatesIn(own);
  const all = new Map([...certificatesIn(added), ...certificatesIn(bundled)]);
  // Where the distribution keeps no list of its own (Fedora, macOS), Node's tells a whole bundle from additions.
  const known = distribution.size > 0 ? distribution : certificatesIn(rootCertificates);
  return Object.fromEntries(
    [...all]
      .filter(([fingerprint]) => !known.has(fingerprint))
      .map(([fingerprint, pem]) => [`${fingerprint.slice(0, NAME_DIGITS)}.crt`, pem] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};
