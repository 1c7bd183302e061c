import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pathsFrom } from '../../src/lib/paths.ts';
import { digestKey } from '../../src/state/digest-key.ts';
import { failureOf } from '../support/failure.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('one private key is made, also when several ask first at once', async () => {
  const paths = pathsFrom({ HOME: await tempFolder() });
  const keys = await Promise.all(Array.from({ length: 8 }, () => digestKey(paths)));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(keys[0]?.length).toBe(32);
  expect((await stat(join(paths.state, 'digest.key'))).mode & 0o777).toBe(0o600);
});

test('a damaged key says how to mend it', async () => {
  const paths = pathsFrom({ HOME: await tempFolder() });
  await digestKey(paths);
  await writeFile(join(paths.state, 'digest.key'), 'abc');
  const error = await failureOf(digestKey(paths));
  expect([error.code, error.exitCode]).toEqual(['DIGEST_KEY_CORRUPT', 8]);
});
