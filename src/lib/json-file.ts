import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from './atomic-file.ts';

/** A document that we wrote ourselves, or undefined when there is none or a crash of the disk left no JSON in it. */
export const readJsonFile = async <T>(path: string): Promise<T | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Replaces a document atomically, mode 0600. */
export const writeJsonFile = (path: string, value: unknown): Promise<void> =>
  writeFileAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`);
