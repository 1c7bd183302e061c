import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { quotePosix } from '../lib/quote.ts';
import type { SecretValue } from '../model/field-values.ts';
import type { Field } from '../model/fields.ts';
import type { Desired } from '../model/machine.ts';

const OTHERS = 0o077;

const placeOf = ({ source }: Field, folder: string): string =>
  source === undefined ? '' : ` (${relative(folder, source.file)}:${source.line}:${source.column})`;

const noteOf = async (field: Field, folder: string): Promise<readonly string[]> => {
  const { source } = field.value as unknown as SecretValue;
  if (source.from !== 'file') return [];
  const { path } = source;
  const told = (what: string): readonly string[] => [
    `${field.key} comes from ${path}, ${what}${placeOf(field, folder)}`,
  ];
  try {
    const { mode } = await stat(path);
    return (mode & OTHERS) === 0
      ? []
      : told(`which others on this host can open: chmod 600 ${quotePosix(path)}`);
  } catch (error) {
    // A file system that is away tells by itself when the value is needed.
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? told('which is not there: until it is, requests that carry it are refused')
      : [];
  }
};

/** What a person should know of the files that secrets come from; none of them is opened. */
export const secretFileNotes = async ({ fields, project }: Desired): Promise<readonly string[]> => {
  const secrets = [...fields.values()].filter(({ path }) => path === 'secrets[]');
  return (await Promise.all(secrets.map((field) => noteOf(field, project.realPath)))).flat();
};
