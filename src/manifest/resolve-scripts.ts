import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../lib/hash.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ScriptValue } from '../model/field-values.ts';
import type { Field } from '../model/fields.ts';
import { locateInput } from './input.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import { readSource } from './source.ts';
import { placeAt, type TreePath } from './tree.ts';

const readScript = (resolving: Resolving, path: string, what: string, at: TreePath): Field | Diagnostic => {
  const read = readSource(path, what);
  if (!read.ok) return complainAt(resolving, at, read);
  const key = path.slice(resolving.project.length + 1);
  const value: ScriptValue = { path, sha256: sha256(read.source.text) };
  return fieldAt(resolving, at, { path: 'base.scripts[]', key, value });
};

const isField = (found: Field | Diagnostic): found is Field => 'path' in found;

const namesIn = (folder: string): readonly string[] | Error => {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    return error as Error;
  }
};

const resolveEntry = (resolving: Resolving, written: string, index: number): Section => {
  const at = ['base', 'scripts', index];
  const fail = (rest: { code: string; message: string; hint: string }): Section => ({
    fields: [],
    diagnostics: [complainAt(resolving, at, rest)],
  });
  const what = `The script '${written}'`;
  const located = locateInput(resolving.project, placeAt(resolving.tree, at).source, written, what);
  if (!located.ok) return fail(located);
  if (!located.inProject || located.path === resolving.project) {
    return fail({
      code: 'outside-project',
      message: `${what} ${located.inProject ? 'is' : 'lies outside'} the project's folder`,
      hint: `Put it in ${located.inProject ? 'a folder of its own' : resolving.project}.`,
    });
  }
  if (located.kind !== 'folder') {
    const found = readScript(resolving, located.path, what, at);
    return isField(found)
      ? { fields: [found], diagnostics: [], inputs: [located.path] }
      : { fields: [], diagnostics: [found] };
  }
  const names = namesIn(located.path);
  if (names instanceof Error) {
    return fail({
      code: 'unreadable-file',
      message: `The folder '${written}' cannot be read: ${names.message}`,
      hint: 'Check its permissions.',
    });
  }
  if (names.length === 0) {
    return fail({
      code: 'empty',
      message: `The folder '${written}' has no scripts in it`,
      hint: 'Put scripts into it, or take it out of base.scripts.',
    });
  }
  const found = names.map((name) =>
    readScript(resolving, join(located.path, name), `The script '${join(written, name)}'`, at),
  );
  const fields = found.filter(isField);
  return {
    fields,
    diagnostics: found.filter((one): one is Diagnostic => !isField(one)),
    inputs: [located.path, ...fields.map((field) => (field.value as ScriptValue).path)],
  };
};

/**
 * `base.scripts` as fields by the path relative to the project, in lexical order, each with the digest of its
 * content. A folder stands for the files in it.
 */
export const resolveScripts = (resolving: Resolving): Section => {
  const written = resolving.manifest.base?.scripts ?? [];
  const entries = written.map((path, index) => resolveEntry(resolving, path, index));
  const byKey = new Map(entries.flatMap((entry) => entry.fields).map((field) => [field.key ?? '', field]));
  return {
    fields: [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, field]) => field),
    diagnostics: entries.flatMap((entry) => entry.diagnostics),
    inputs: entries.flatMap((entry) => entry.inputs ?? []),
  };
};
