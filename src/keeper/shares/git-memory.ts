import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { readJsonFile, writeJsonFile } from '../../lib/json-file.ts';
import type { GitSetting } from './git-settings.ts';

/**
 * `git-settings.json`: which dangerous settings were there before the guest could write. It stands from a machine's
 * start until its end was followed by a last look, so that a keeper's death in between forgives nothing.
 */
type Document = {
  readonly format: 1;
  /** Makes the digests say nothing to those who guess values. */
  readonly salt: string;
  /** `SHARE/GITDIR` of those that were looked at first. */
  readonly gitDirs: readonly string[];
  /** `SHARE/FILE` → key → digests of its values. */
  readonly files: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

export type GitMemory = {
  readonly hasGitDir: (id: string) => boolean;
  readonly addGitDir: (id: string) => Promise<void>;
  /** Takes the settings of a file for the host's own. */
  readonly trust: (id: string, settings: readonly GitSetting[]) => Promise<void>;
  /** Keys that have a value which the file had not when it was trusted. */
  readonly unknownKeys: (id: string, settings: readonly GitSetting[]) => readonly string[];
  /** What keys had when the file was trusted, as far as this process has seen it. Values are kept in no file. */
  readonly valuesBefore: (id: string, keys: readonly string[]) => readonly GitSetting[];
  readonly forget: () => Promise<void>;
};

/** Opens what an earlier keeper of the same run left, or begins anew. */
export const openGitMemory = async (file: string): Promise<GitMemory> => {
  const left = await readJsonFile<Document>(file);
  const empty: Document = { format: 1, salt: randomBytes(16).toString('hex'), gitDirs: [], files: {} };
  let document = left?.format === 1 ? left : empty;
  const values = new Map<string, string>();

  const write = async (next: Partial<Document>): Promise<void> => {
    document = { ...document, ...next };
    await writeJsonFile(file, document);
  };
  const digest = (value: string): string =>
    createHash('sha256').update(document.salt).update(value).digest('hex');
  // A key is the guest's choice; a Map knows no special ones.
  const knownOf = (id: string) => new Map(Object.entries(document.files[id] ?? {}));

  return {
    hasGitDir: (id) => document.gitDirs.includes(id),
    addGitDir: (id) => write({ gitDirs: [...document.gitDirs, id] }),
    trust: async (id, settings) => {
      const digests = new Map<string, readonly string[]>();
      for (const { key, value } of settings) {
        const hex = digest(value);
        values.set(hex, value);
        digests.set(key, [...(digests.get(key) ?? []), hex]);
      }
      await write({ files: { ...document.files, [id]: Object.fromEntries(digests) } });
    },
    unknownKeys: (id, settings) => {
      const known = knownOf(id);
      const unknown = settings.filter(({ key, value }) => {
        const hex = digest(value);
        const isKnown = known.get(key)?.includes(hex) ?? false;
        if (isKnown) values.set(hex, value);
        return !isKnown;
      });
      return [...new Set(unknown.map(({ key }) => key))];
    },
    valuesBefore: (id, keys) => {
      const known = knownOf(id);
      return keys.flatMap((key) =>
        (known.get(key) ?? []).flatMap((hex) => {
          const value = values.get(hex);
          return value === undefined ? [] : [{ key, value }];
        }),
      );
    },
    forget: () => rm(file, { force: true }),
  };
};
