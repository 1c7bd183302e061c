import { dirname } from 'node:path';
import { isWithin } from '../lib/is-within.ts';
import type { Paths } from '../lib/paths.ts';
import { realTarget } from '../lib/real-target.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MountValue } from '../model/field-values.ts';
import type { MachineState } from '../model/machine.ts';
import { readAllStates } from './store.ts';

/** Host folders that a machine's guest can write to. */
const writableFolders = async (state: MachineState): Promise<readonly string[]> => {
  const mounts = Object.values(state.fields)
    .filter((field) => field.path === 'mounts[]')
    .map((field) => field.value as MountValue)
    .filter((mount) => mount.mode === 'rw')
    .map((mount) => mount.host);
  const folders = await Promise.all(mounts.map(realTarget));
  return state.fields['workspace.mode']?.value === 'ro' ? folders : [state.project.realPath, ...folders];
};

/**
 * Refuses manifests in a folder below what some machine's guest can write to: an agent could have put them there, for
 * a person to apply by a slip of the current folder.
 * @throws AgentvmError MANIFEST_IN_SHARE (exit 4).
 */
export const refusePlantedManifests = async (
  paths: Paths,
  manifestPaths: readonly string[],
): Promise<void> => {
  const { machines } = await readAllStates(paths);
  const known = new Set(machines.map((state) => state.manifestPath));
  for (const manifestPath of manifestPaths.filter((path) => !known.has(path))) {
    const folder = dirname(manifestPath);
    for (const state of machines) {
      const around = (await writableFolders(state)).find(
        (shared) => shared !== folder && isWithin(shared, folder),
      );
      if (around === undefined) continue;
      throw new AgentvmError({
        code: 'MANIFEST_IN_SHARE',
        exitCode: ExitCode.approvalMissing,
        message: `${manifestPath} lies in ${around}, where the guest of '${state.name}' can write; the guest may have made it`,
        hint: `Use the project's own manifest: agentvm … -f ${state.manifestPath}. If this one is yours, move its folder out of ${around}.`,
      });
    }
  }
};
