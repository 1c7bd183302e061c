import type { FieldPath } from './fields.ts';

/** The sides from which a machine is looked at, in the order in which they are shown. */
export const FACETS = [
  'power',
  'resources',
  'disk',
  'ports',
  'mounts',
  'packages',
  'scripts',
  'agents',
  'files',
  'egress',
  'identity',
] as const;
export type Facet = (typeof FACETS)[number];

/** Those of which only the guest itself can tell. */
export const GUEST_FACETS: readonly Facet[] = ['packages', 'scripts', 'agents', 'files', 'identity'];

/**
 * How a facet was looked at: `absent` means that there is nothing of it, which is not the same as that it could not be
 * looked at. `at` is RFC 3339 in UTC.
 */
export type FacetLook =
  | { readonly kind: 'known'; readonly at: string }
  | { readonly kind: 'absent'; readonly at: string }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * What agentvm keeps in the guest as it made it although no field of the manifest says so. `[]` stands for a key: a
 * path in the guest.
 */
export const KEPT_PATHS = [
  'guest.files[]',
  'guest.shares[]',
  'guest.hostname',
  'guest.user',
  'guest.route',
  'guest.room',
] as const;
export type KeptPath = (typeof KEPT_PATHS)[number];

/** The facet that a field belongs to; undefined for what nothing in the machine shows. */
export const facetOf = (path: FieldPath | KeptPath): Facet | undefined => {
  switch (path) {
    case 'resources.cpus':
    case 'resources.memory':
      return 'resources';
    case 'resources.disk':
    case 'guest.room':
      return 'disk';
    case 'ports[]':
      return 'ports';
    case 'mounts[]':
    case 'workspace.guestPath':
    case 'workspace.mode':
    case 'guest.shares[]':
      return 'mounts';
    case 'base.packages[]':
      return 'packages';
    case 'base.scripts[]':
      return 'scripts';
    case 'agents[].version':
      return 'agents';
    case 'guest.files[]':
      return 'files';
    case 'network.egress':
    case 'network.ports[]':
    case 'network.hostPorts[]':
    case 'secrets[]':
    case 'guest.route':
      return 'egress';
    case 'guest.hostname':
    case 'guest.user':
      return 'identity';
    default:
      return undefined;
  }
};

/** The name of a kept thing as people see it: `guest.files[/etc/hosts]`. */
export const keptId = (path: KeptPath, key?: string): string =>
  key === undefined ? path : path.replace('[]', `[${key}]`);
