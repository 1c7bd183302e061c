import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoadOptions, LoadResult } from '../../src/manifest/load-desired.ts';
import { loadDesired } from '../../src/manifest/load-desired.ts';
import type { Desired } from '../../src/model/machine.ts';
import { renderDiagnostics } from '../../src/ui/diagnostics-text.ts';
import { testContext } from './context.ts';
import { tempFolder } from './temp-folder.ts';

export type ManifestProject = {
  /** The temp folder: home of the context. */
  readonly root: string;
  /** `my-app` in it, the current folder. */
  readonly folder: string;
  readonly load: (options?: Partial<LoadOptions>) => Promise<LoadResult>;
  /** Loads what must be valid. */
  readonly desired: (options?: Partial<LoadOptions>) => Promise<Desired>;
  /** Every field as `id = JSON`, in the order of the map. */
  readonly fields: (options?: Partial<LoadOptions>) => Promise<readonly string[]>;
  /** Loads what must be invalid: the diagnostics as people see them, with the temp folder as `ROOT`. */
  readonly complaints: (options?: Partial<LoadOptions>) => Promise<string>;
};

/** Writes files (path relative to the project → content) into a project of its own, and loads its manifest. */
export const manifestProject = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  options: { readonly cwd?: string } = {},
): Promise<ManifestProject> => {
  const root = await tempFolder();
  const folder = join(root, 'my-app');
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const context = testContext(root, { cwd: join(folder, options.cwd ?? '') });
  const load = (given: Partial<LoadOptions> = {}): Promise<LoadResult> =>
    loadDesired(context, {
      host: { driver: 'qemu', cpus: 8, memoryMiB: 16_384 },
      digestKey: Buffer.from('key'),
      ...given,
    });
  const desired = async (options?: Partial<LoadOptions>): Promise<Desired> => {
    const result = await load(options);
    if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics, folder));
    const [only, ...more] = result.desired;
    if (only === undefined || more.length > 0) throw new Error('not one machine');
    return only;
  };
  return {
    root,
    folder,
    load,
    desired,
    fields: async (options) =>
      [...(await desired(options)).fields].map(([id, field]) => `${id} = ${JSON.stringify(field.value)}`),
    complaints: async (options) => {
      const result = await load(options);
      if (result.ok) throw new Error('the manifest was taken as valid');
      return renderDiagnostics(result.diagnostics, folder).replaceAll(root, 'ROOT');
    },
  };
};
