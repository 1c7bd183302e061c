import { isWithin } from '../lib/is-within.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { MountValue } from '../model/field-values.ts';
import type { Field } from '../model/fields.ts';
import { normalizeGuestPath, systemFolderOf } from './guest-paths.ts';
import { absoluteHostPath, isOtherHome } from './host-path.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import { placeAt, type TreePath } from './tree.ts';

/** A folder of the guest that something of the host takes the place of. */
type Taken = { readonly path: string; readonly what: string };

const complaintAbout = (
  resolving: Resolving,
  at: TreePath,
  path: string,
  taken: readonly Taken[],
): readonly Diagnostic[] => {
  const system = systemFolderOf(path);
  if (system !== undefined) {
    return [
      complainAt(resolving, at, {
        code: 'system-folder',
        message: `${path} would hide the guest's own ${system}`,
        hint: 'Choose a folder of its own, for example /mnt/data.',
      }),
    ];
  }
  const other = taken.find((one) => isWithin(one.path, path) || isWithin(path, one.path));
  if (other === undefined) return [];
  return [
    complainAt(resolving, at, {
      code: 'overlap',
      message: `${path} overlaps with ${other.what}${other.path === path ? '' : ` (${other.path})`}`,
      hint: 'Choose a folder that is neither in the other nor around it.',
    }),
  ];
};

const workspaceField = (resolving: Resolving): Field => {
  const { manifest, project } = resolving;
  const written = manifest.workspace?.guestPath;
  const value = written === undefined || written === 'same' ? project : normalizeGuestPath(written);
  return written === undefined
    ? { path: 'workspace.guestPath', value }
    : fieldAt(resolving, ['workspace', 'guestPath'], { path: 'workspace.guestPath', value });
};

const checkWorkspace = (resolving: Resolving, guestPath: string): readonly Diagnostic[] => {
  const { project, home } = resolving;
  const at = ['workspace', 'guestPath'];
  if (isWithin(project, home)) {
    return [
      complainAt(resolving, at, {
        code: 'project-too-wide',
        message: `The project's folder ${project} holds your home folder, so the agent would get all of it`,
        hint: 'Move the manifest into a folder of its own.',
      }),
    ];
  }
  const system = systemFolderOf(guestPath);
  if (system === undefined) return [];
  return [
    complainAt(resolving, at, {
      code: 'system-folder',
      message: `The project at ${guestPath} would hide the guest's own ${system}`,
      hint: 'Set workspace.guestPath to a folder of its own, for example /srv/app.',
    }),
  ];
};

const resolveMounts = (resolving: Resolving, workspace: Taken): Section => {
  const taken: Taken[] = [workspace];
  const fields: Field[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, mount] of (resolving.manifest.mounts ?? []).entries()) {
    const at = ['mounts', index];
    const guest = normalizeGuestPath(mount.guest);
    const file = placeAt(resolving.tree, [...at, 'host']).source.path;
    if (isOtherHome(mount.host)) {
      diagnostics.push(
        complainAt(resolving, [...at, 'host'], {
          code: 'not-allowed',
          message: `'${mount.host}': the home folder of another user is not looked up`,
          hint: 'Write the absolute path.',
        }),
      );
    }
    diagnostics.push(...complaintAbout(resolving, [...at, 'guest'], guest, taken));
    taken.push({ path: guest, what: 'another mount' });
    const value: MountValue = {
      host: absoluteHostPath(resolving.home, file, mount.host),
      guest,
      mode: mount.mode ?? 'ro',
    };
    fields.push(fieldAt(resolving, at, { path: 'mounts[]', key: guest, value }));
  }
  return { fields, diagnostics };
};

/** The workspace without its protected paths, and the mounts. */
export const resolveShares = (resolving: Resolving): Section => {
  const { workspace } = resolving.manifest;
  const guestPath = workspaceField(resolving);
  const mode: Field =
    workspace?.mode === undefined
      ? { path: 'workspace.mode', value: 'rw' }
      : fieldAt(resolving, ['workspace', 'mode'], { path: 'workspace.mode', value: workspace.mode });
  const shadow = (workspace?.shadow ?? []).map((path, index) =>
    fieldAt(resolving, ['workspace', 'shadow', index], {
      path: 'workspace.shadow[]',
      key: path.replace(/\/+$/, ''),
      value: true,
    }),
  );
  const taken: Taken = { path: String(guestPath.value), what: "the project's folder" };
  const mounts = resolveMounts(resolving, taken);
  return {
    fields: [guestPath, mode, ...shadow, ...mounts.fields],
    diagnostics: [...checkWorkspace(resolving, taken.path), ...mounts.diagnostics],
  };
};

/** Always read-only in the guest: whoever writes a hook runs code on the host at the next commit. */
const ALWAYS_PROTECTED = ['.git/hooks'];

/** `workspace.protect`: the manifest, what it refers to in the project, git's hooks, and what the user adds. */
export const resolveProtect = (resolving: Resolving, files: readonly string[]): readonly Field[] => {
  const { project, manifest } = resolving;
  const relative = files
    .filter((path) => isWithin(project, path))
    .map((path) => path.slice(project.length + 1));
  const implied = [...relative, ...ALWAYS_PROTECTED].map(
    (key): Field => ({ path: 'workspace.protect[]', key, value: true }),
  );
  const asked = (manifest.workspace?.protect ?? []).map((path, index) =>
    fieldAt(resolving, ['workspace', 'protect', index], {
      path: 'workspace.protect[]',
      key: path.replace(/\/+$/, ''),
      value: true,
    }),
  );
  const all = [...implied, ...asked].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  // What lies in a protected folder is protected by it.
  return all.filter(
    ({ key = '' }) => !all.some((other) => other.key !== key && isWithin(other.key ?? '', key)),
  );
};
