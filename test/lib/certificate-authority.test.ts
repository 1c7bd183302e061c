import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authorityFiles, createIssuer, ensureAuthority } from '../../src/lib/certificate-authority.ts';
import { exec } from '../../src/lib/exec.ts';
import { tempFolder } from '../support/temp-folder.ts';

const now = (): Date => new Date();

test('an authority is made once, and its key is for its owner only', async () => {
  const files = authorityFiles(await tempFolder());
  const made = await ensureAuthority(files, 'one', now());
  expect(await ensureAuthority(files, 'two', now())).toEqual(made);
  expect((await stat(files.key)).mode & 0o777).toBe(0o600);
});

test("openssl takes a server's certificate by its name and its authority, and by no other", async () => {
  const folder = await tempFolder();
  const files = authorityFiles(folder);
  const issue = await createIssuer(await ensureAuthority(files, 'one', now()), now);
  const leaf = join(folder, 'leaf.crt');
  await writeFile(leaf, (await issue('api.test')).certificate);
  const verify = async (authority: string, name: string): Promise<string> => {
    const words = [
      'verify',
      '-x509_strict',
      '-purpose',
      'sslserver',
      '-verify_hostname',
      name,
      '-CAfile',
      authority,
      leaf,
    ];
    const { exitCode, stdout, stderr } = await exec('openssl', words, { accept: 'any' });
    return exitCode === 0 ? stdout.trim() : (/error \d+ at .*/.exec(stdout + stderr)?.[0] ?? stderr);
  };
  expect(await verify(files.certificate, 'api.test')).toBe(`${leaf}: OK`);
  expect(await verify(files.certificate, 'other.test')).toMatch(/hostname mismatch/i);
  const other = authorityFiles(join(folder, 'other'));
  await ensureAuthority(other, 'one', now());
  expect(await verify(other.certificate, 'api.test')).toMatch(/^error/);
});
