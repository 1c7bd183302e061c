import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { readBaseDefinition } from '../../src/images/base-files.ts';
import { findImage, readCatalogue } from '../../src/images/catalogue.ts';

const validateAgainst = async (schema: string, value: unknown): Promise<unknown> => {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  const validate = ajv.compile(JSON.parse(await readFile(`schemas/${schema}`, 'utf8')));
  validate(value);
  return validate.errors;
};

test('the catalogue and the base are as their schemas say', async () => {
  expect(await validateAgainst('images.v1.json', await readCatalogue())).toBeNull();
  expect(await validateAgainst('base.v1.json', await readBaseDefinition())).toBeNull();
});

test('a download without a digest is no entry', async () => {
  const download = { url: 'https://example.org/a.qcow2' };
  const images = { a: { title: 'A', architectures: { x86_64: { download } } } };
  expect(await validateAgainst('images.v1.json', { apiVersion: 'agentvm/images/v1', images })).toMatchObject([
    { keyword: 'required', params: { missingProperty: 'digest' } },
  ]);
});

test('debian-12 can be built and downloaded for both processors, the kernel with 9p', async () => {
  const catalogue = await readCatalogue();
  for (const [arch, debian] of [
    ['x86_64', 'amd64'],
    ['aarch64', 'arm64'],
  ] as const) {
    const { sources } = findImage(catalogue, 'debian-12', arch);
    expect(sources.build?.packages).toEqual([`linux-image-${debian}`]);
    expect(sources.download?.url).toMatch(
      new RegExp(
        `^https://cloud\\.debian\\.org/images/cloud/bookworm/(\\d{8}-\\d+)/debian-12-generic-${debian}-\\1\\.qcow2$`,
      ),
    );
  }
});

test('a wrong name is told with the nearest right one', async () => {
  const catalogue = await readCatalogue();
  expect(() => findImage(catalogue, 'debain-12', 'x86_64')).toThrow(
    "base.image: there is no image 'debain-12'",
  );
});
