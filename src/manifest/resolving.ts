import type { Diagnostic } from '../model/diagnostic.ts';
import type { Field, FieldPath } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { DriverName } from '../model/machine.ts';
import type { Manifest } from '../model/manifest.generated.ts';
import { diagnosticAt, positionOf } from './source.ts';
import { formatPath, placeAt, type Tree, type TreePath } from './tree.ts';

/** What defaults depend on. */
export type HostDefaults = {
  /** The driver behind `auto`. */
  readonly driver: DriverName;
  /** Processors of the host. */
  readonly cpus: number;
  /** Memory of the host. */
  readonly memoryMiB: number;
};

/** A merged manifest on its way to fields. */
export type Resolving = {
  readonly manifest: Manifest;
  readonly tree: Tree;
  /** Real path of the manifest's folder. */
  readonly project: string;
  readonly home: string;
  readonly host: HostDefaults;
  /** Whether the folder's name cannot be the machine's: several machines share the folder. */
  readonly mustBeNamed: boolean;
};

/** What one section of the manifest comes to. */
export type Section = {
  readonly fields: readonly Field[];
  readonly diagnostics: readonly Diagnostic[];
  /** Real paths of files that it refers to. */
  readonly inputs?: readonly string[];
};

/** A field that stands in the manifest at a path. */
export const fieldAt = (
  { tree }: Resolving,
  at: TreePath,
  field: { readonly path: FieldPath; readonly key?: string; readonly value: Json },
): Field => ({ ...field, source: positionOf(placeAt(tree, at)) });

/** A diagnostic about the value at a path. */
export const complainAt = (
  { tree }: Resolving,
  at: TreePath,
  rest: { readonly code: string; readonly message: string; readonly hint: string },
): Diagnostic => diagnosticAt(placeAt(tree, at), { ...rest, field: formatPath(at) });

/** Several sections as one. */
export const joinSections = (sections: readonly Section[]): Required<Section> => ({
  fields: sections.flatMap((one) => one.fields),
  diagnostics: sections.flatMap((one) => one.diagnostics),
  inputs: sections.flatMap((one) => one.inputs ?? []),
});
