import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSource } from './source.ts';

/** Hidden files and what editors leave behind (`.#x.yaml`, `x.yaml~`, `.x.yaml.swp`) are no manifests. */
const MANIFEST_FILE = /^[^.].*\.ya?ml$/;

/** Words of a text that make it look like a manifest, also where its YAML is broken. */
const CLAIM = /(?:^|[{,])[ \t]*["']?apiVersion["']?[ \t]*:[ \t]*["']?agentvm\b/m;

/** Whether a text says, rightly or not, that it is a manifest of agentvm: much else is YAML too. */
export const claimsToBeManifest = (text: string): boolean => CLAIM.test(text);

/**
 * Files directly in a folder that are manifests by their name, in the order of their names.
 * @returns the system's error for a folder that cannot be read.
 */
export const manifestFilesIn = (folder: string): readonly string[] | Error => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => MANIFEST_FILE.test(entry.name) && !entry.isDirectory())
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch (error) {
    return error as Error;
  }
};

/** The manifests and layers of a folder. A guest that could write to them could change another machine of the folder. */
export const claimedManifestsIn = (folder: string): readonly string[] => {
  const files = manifestFilesIn(folder);
  if (files instanceof Error) return [];
  return files.filter((path) => {
    const read = readSource(path, basename(path));
    return read.ok && claimsToBeManifest(read.source.text);
  });
};
