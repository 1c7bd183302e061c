import { randomBytes, webcrypto } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';

/** A certificate and its private key, both PEM texts. */
export type Identity = { readonly certificate: string; readonly key: string };

/** Where an authority is: the key is readable by its owner only. */
export type AuthorityFiles = { readonly certificate: string; readonly key: string };

/** The authority of a folder. */
export const authorityFiles = (folder: string): AuthorityFiles => ({
  certificate: join(folder, 'authority.crt'),
  key: join(folder, 'authority.key'),
});

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** ub-common-name of RFC 5280. */
const NAME_LENGTH = 64;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 30;
/** A guest's clock may be behind for a moment. */
const BACKDATED_DAYS = 2;
/** RFC 5280 4.1.2.2: positive, at most 20 bytes. */
const SERIAL_BYTES = 16;

/** Loaded late: 86 ms that only machines with secrets need. */
const loadX509 = async () => {
  await import('reflect-metadata');
  // It is CommonJS, and in a bundle its names stand here alone.
  return (await import('@peculiar/x509')).default;
};

const makeKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const toPem = async (key: webcrypto.CryptoKey): Promise<string> => {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
};

const fromPem = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey(
    'pkcs8',
    Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    ALGORITHM,
    true,
    ['sign'],
  );

const serialNumber = (): string => `4${randomBytes(SERIAL_BYTES).toString('hex').slice(1)}`;

const validity = (now: Date, days: number): { readonly notBefore: Date; readonly notAfter: Date } => ({
  notBefore: new Date(now.getTime() - BACKDATED_DAYS * DAY_MS),
  notAfter: new Date(now.getTime() + days * DAY_MS),
});

/** A new authority that may sign servers' certificates and nothing else. */
export const makeAuthority = async (commonName: string, now: Date): Promise<Identity> => {
  const x509 = await loadX509();
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: [{ CN: [commonName.slice(0, NAME_LENGTH)] }],
      ...validity(now, AUTHORITY_DAYS),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    webcrypto,
  );
  return { certificate: `${certificate.toString('pem')}\n`, key: await toPem(keys.privateKey) };
};

/** Makes certificates of servers; all of one issuer share a key of its own. */
export type Issuer = (host: string) => Promise<Identity>;

export const createIssuer = async (authority: Identity, now: () => Date): Promise<Issuer> => {
  const x509 = await loadX509();
  const [signingKey, keys] = await Promise.all([fromPem(authority.key), makeKeys()]);
  const issuer = new x509.X509Certificate(authority.certificate);
  const key = await toPem(keys.privateKey);
  return async (host) => {
    const certificate = await x509.X509CertificateGenerator.create(
      {
        serialNumber: serialNumber(),
        // What counts is the alternative name.
        subject: [{ CN: [host.slice(0, NAME_LENGTH)] }],
        issuer: issuer.subject,
        ...validity(now(), LEAF_DAYS),
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }]),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(issuer),
        ],
      },
      webcrypto,
    );
    return { certificate: `${certificate.toString('pem')}\n`, key };
  };
};

/** The authority of these files, or undefined while there is none. */
export const readAuthority = async (files: AuthorityFiles): Promise<Identity | undefined> => {
  const [certificate, key] = await Promise.all(
    [files.certificate, files.key].map((path) =>
      readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }),
    ),
  );
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
};

/** Deletes an authority, the certificate first: with it gone there is none. */
export const dropAuthority = async (files: AuthorityFiles): Promise<void> => {
  await rm(files.certificate, { force: true });
  await rm(files.key, { force: true });
};

/** The authority of these files, made where there is none. The certificate comes last: it tells that both are there. */
export const ensureAuthority = async (
  files: AuthorityFiles,
  commonName: string,
  now: Date,
): Promise<Identity> => {
  const present = await readAuthority(files);
  if (present !== undefined) return present;
  const made = await makeAuthority(commonName, now);
  await writeFileAtomic(files.key, made.key);
  await writeFileAtomic(files.certificate, made.certificate);
  return made;
};
