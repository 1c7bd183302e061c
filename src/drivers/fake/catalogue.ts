import { join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { readJsonFile } from '../../lib/json-file.ts';

/** What images and agents stand for in the simulator's world, where a test or a person says so. */
export type FakeCatalogue = {
  /** Name of an image → its release. */
  readonly images: Readonly<Record<string, string>>;
  /** Name of an agent → the version behind `latest` and `host`. */
  readonly agents: Readonly<Record<string, string>>;
};

/** The release of every image, and the version of every agent, that the catalogue says nothing of. */
export const FIRST_RELEASE = '1';
export const FIRST_VERSION = '1.0.0';

/** Where the simulator's catalogue and registry stand: a `FakeCatalogue` as JSON, both parts optional. */
export const fakeCataloguePath = (context: Context): string =>
  join(context.paths.state, 'fake-catalogue.json');

export const readFakeCatalogue = async (context: Context): Promise<FakeCatalogue> => {
  const { images = {}, agents = {} } =
    (await readJsonFile<Partial<FakeCatalogue>>(fakeCataloguePath(context))) ?? {};
  return { images, agents };
};
