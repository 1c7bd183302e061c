import type { Context } from '../lib/context.ts';
import type { Field } from '../model/fields.ts';
import { imageDigest } from './image-digest.ts';
import { locateInput } from './input.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import { placeAt } from './tree.ts';

const DEFAULT_IMAGE = 'debian-12';

const resolveImageFile = async (
  context: Context,
  resolving: Resolving,
  written: string,
): Promise<Section> => {
  const at = ['base', 'image', 'path'];
  const what = `The image '${written}'`;
  const reference = written.startsWith('~/') ? resolving.home + written.slice(1) : written;
  const located = locateInput(resolving.project, placeAt(resolving.tree, at).source, reference, what);
  if (!located.ok) return { fields: [], diagnostics: [complainAt(resolving, at, located)] };
  const fail = (code: string, message: string, hint: string): Section => ({
    fields: [],
    diagnostics: [complainAt(resolving, at, { code, message, hint })],
  });
  const { path, kind } = located;
  if (kind !== 'file') {
    return fail('not-a-file', `${what} is not a regular file`, 'Name a qcow2 or raw disk image.');
  }
  const digest = await imageDigest(context, path);
  if (digest instanceof Error) {
    return fail('unreadable-file', `${what} cannot be read: ${digest.message}`, 'Check its permissions.');
  }
  return {
    fields: [fieldAt(resolving, ['base', 'image'], { path: 'base.image', value: { path, sha256: digest } })],
    diagnostics: [],
    inputs: [path],
  };
};

/** `base.image`: a catalogue name or a file by its digest. */
export const resolveImage = async (context: Context, resolving: Resolving): Promise<Section> => {
  const image = resolving.manifest.base?.image;
  if (image === undefined) {
    return { fields: [{ path: 'base.image', value: { name: DEFAULT_IMAGE } }], diagnostics: [] };
  }
  if (typeof image !== 'string' && 'path' in image) return resolveImageFile(context, resolving, image.path);
  const value = typeof image === 'string' ? { name: image } : image;
  return { fields: [fieldAt(resolving, ['base', 'image'], { path: 'base.image', value })], diagnostics: [] };
};

/** `base.packages` as fields by name; a name that stands twice is one. */
export const resolvePackages = (resolving: Resolving): Section => {
  const names = resolving.manifest.base?.packages ?? [];
  const fields = names.map((key, index) =>
    fieldAt(resolving, ['base', 'packages', index], { path: 'base.packages[]', key, value: true }),
  );
  const byName = new Map<string | undefined, Field>(fields.map((field) => [field.key, field]));
  return { fields: [...byName.values()], diagnostics: [] };
};
