import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sha256 } from '../lib/hash.ts';
import { packageFile } from '../lib/package-files.ts';
import type { BaseDefinition } from '../model/base-definition.generated.ts';
import type { GuestFile } from '../model/guest.ts';

/** The files of a layer that ship with the product. */
export const BASE_DIR = 'manifests/base';
export const ROOTFS_DIR = `${BASE_DIR}/rootfs`;

/** Reads what every machine has; a test holds it against its schema. */
export const readBaseDefinition = async (): Promise<BaseDefinition> =>
  parse(await readFile(packageFile(`${BASE_DIR}/base.yaml`), 'utf8')) as BaseDefinition;

const EXECUTABLE_BY_OWNER = 0o100;

/** What only the preparation boot of a cloud image uses. */
export const PREPARE_IMAGE = 'prepare-image';

/**
 * Every file below `manifests/base` with its digest, an executable one marked by a trailing `*`. `without` names one that
 * does not matter.
 */
export const digestBaseFiles = async (without?: string): Promise<Readonly<Record<string, string>>> => {
  const root = packageFile(BASE_DIR);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== without)
    .map((entry) => join(entry.parentPath, entry.name));
  const digests = await Promise.all(
    files.sort().map(async (path): Promise<[string, string]> => {
      const { mode } = await stat(path);
      const name = path.slice(root.length + 1).replaceAll('\\', '/');
      return [mode & EXECUTABLE_BY_OWNER ? `${name}*` : name, sha256(await readFile(path))];
    }),
  );
  return Object.fromEntries(digests);
};

/** QEMU's user network answers DNS there; what `prepare` writes. */
const RESOLVER: GuestFile = {
  path: '/etc/resolv.conf',
  content: 'nameserver 10.0.2.3\n',
  isExecutable: false,
};

/** The files of ours that every layer has, as they lie in the guest. */
export const readGuestFiles = async (): Promise<readonly GuestFile[]> => {
  const root = packageFile(ROOTFS_DIR);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.sort().map(async (path): Promise<GuestFile> => {
      const { mode } = await stat(path);
      return {
        path: path.slice(root.length).replaceAll('\\', '/'),
        content: await readFile(path, 'utf8'),
        isExecutable: (mode & EXECUTABLE_BY_OWNER) !== 0,
      };
    }),
  );
  return [...files, RESOLVER];
};
