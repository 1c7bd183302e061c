import { isAbsolute, join, relative } from 'node:path';
import type { MachineSpec, PortForward, Share } from '../drivers/driver.ts';
import { sha256 } from '../lib/hash.ts';
import type { Paths } from '../lib/paths.ts';
import type { MountValue, PortValue } from '../model/field-values.ts';
import type { FieldPath } from '../model/fields.ts';
import { type IdleSpec, type IdleValue, secondsOf } from '../model/idle.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField, AppliedFields, Arch, MachineId, ProjectIdentity } from '../model/machine.ts';

/** Where the agents' packages of this host show in every guest. */
export const PACKAGES_GUEST_PATH = '/run/agentvm/packages';
const SHARE_ID_DIGITS = 12;

/** What a spec is made of: the fields that are to hold, and where the project is. */
export type SpecSource = {
  readonly id: MachineId;
  readonly name: string;
  readonly project: ProjectIdentity;
  readonly fields: AppliedFields;
};

/** The applied fields of one path, with their keys. */
export const fieldsOfPath = (
  fields: AppliedFields,
  path: FieldPath,
): readonly (AppliedField & { readonly key: string })[] =>
  Object.values(fields)
    .filter((field) => field.path === path)
    .map((field) => ({ ...field, key: field.key ?? '' }));

const fieldValue = <T extends Json>(fields: AppliedFields, path: FieldPath, fallback: T): T =>
  (fields[path]?.value as T | undefined) ?? fallback;

/** Path of `inner` relative to `outer`, or undefined when it does not lie in it. */
const relativeInside = (outer: string, inner: string): string | undefined => {
  const path = relative(outer, inner);
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
};

/** The id of the share for a mount: from its guest path, so that it is the same in every process. */
export const mountShareId = (guestPath: string): string => sha256(guestPath).slice(0, SHARE_ID_DIGITS);

/** Folder of this host that agents are installed from. */
export const packagesDir = (paths: Paths): string => join(paths.data, 'agents');

/** Without what a step took away so that another can put it back. */
export const present = (fields: AppliedFields): AppliedFields =>
  Object.fromEntries(Object.entries(fields).filter(([, { isUndone }]) => isUndone !== true));

const workspaceShare = ({ project, fields }: SpecSource): Share => ({
  id: 'workspace',
  hostPath: project.realPath,
  target: project.realPath,
  guestPath: fieldValue(fields, 'workspace.guestPath', project.realPath),
  mode: fieldValue<'ro' | 'rw'>(fields, 'workspace.mode', 'rw'),
  protect: fieldsOfPath(fields, 'workspace.protect[]')
    .map((field) => field.key)
    .sort(),
});

const mountShares = (source: SpecSource, workspace: Share): readonly Share[] => {
  const mounts = fieldsOfPath(source.fields, 'mounts[]').map((field) => field.value as unknown as MountValue);
  const writable = [
    ...(workspace.mode === 'rw' ? [workspace.hostPath] : []),
    ...mounts.filter((mount) => mount.mode === 'rw').map((mount) => mount.host),
  ].sort((a, b) => a.length - b.length);
  return mounts.map((mount) => {
    const within = writable.find((outer) => outer !== mount.host && relativeInside(outer, mount.host));
    return {
      id: mountShareId(mount.guest),
      hostPath: mount.host,
      target: null,
      ...(within === undefined ? {} : { within }),
      guestPath: mount.guest,
      mode: mount.mode,
      protect: [],
    };
  });
};

/**
 * Every host folder that the machine shows its guest: the project, the agents' packages, the mounts by guest path.
 * What they lead to is told by `withTargets` (share-targets.ts).
 */
export const sharesOf = (paths: Paths, all: SpecSource): readonly Share[] => {
  const source = { ...all, fields: present(all.fields) };
  const workspace = workspaceShare(source);
  const packages: Share = {
    id: 'packages',
    hostPath: packagesDir(paths),
    target: null,
    guestPath: PACKAGES_GUEST_PATH,
    mode: 'ro',
    protect: [],
  };
  const mounts = [...mountShares(source, workspace)];
  return [
    workspace,
    packages,
    // A folder inside another one must be mounted after it.
    ...mounts.sort((a, b) => (a.guestPath < b.guestPath ? -1 : 1)),
  ];
};

/** A port that was chosen once for `auto` stays the same. */
const portOf = (field: AppliedField & { readonly key: string }): PortForward => {
  const value = field.value as unknown as PortValue;
  const chosen = (field.resolved as { readonly host?: number } | undefined)?.host;
  return { key: field.key, guest: value.guest, host: chosen ?? value.host, address: value.address };
};

/** Where nothing else is asked for, nothing is done. */
const idleOf = (fields: AppliedFields): { readonly idle?: IdleSpec } => {
  const value = fieldValue<IdleValue | null>(fields, 'lifecycle.idle', null);
  return value?.action === 'suspend' ? { idle: { afterSeconds: secondsOf(value.after) } } : {};
};

/** A driver's view of a machine, but for what other parts make of it. */
export const specOf = (
  paths: Paths,
  arch: Arch,
  source: SpecSource,
): Omit<MachineSpec, 'seed' | 'network'> => ({
  id: source.id,
  name: source.name,
  arch,
  cpus: fieldValue(source.fields, 'resources.cpus', 1),
  memoryMiB: fieldValue(source.fields, 'resources.memory', 1024),
  diskBytes: fieldValue(source.fields, 'resources.disk', 0),
  shares: sharesOf(paths, source),
  ports: fieldsOfPath(present(source.fields), 'ports[]').map(portOf),
  ...idleOf(present(source.fields)),
});
