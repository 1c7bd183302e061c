import { basename } from 'node:path';

const NAME_LIMIT = 63;

/** A folder's name made a machine's name (`My App` → `my-app`), or undefined when nothing of it can stay. */
export const nameFromFolder = (folder: string): string | undefined => {
  const words = basename(folder)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  if (!/[a-z0-9]/.test(words)) return undefined;
  const startsRight = /^[a-z]./.test(words) ? words : `vm-${words}`;
  const name = startsRight.slice(0, NAME_LIMIT).replace(/-+$/, '');
  return name.length > 1 ? name : `vm-${name}`;
};
