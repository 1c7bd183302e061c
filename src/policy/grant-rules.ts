import { canonicalJson, sha256 } from '../lib/hash.ts';
import { isWithin } from '../lib/is-within.ts';
import { isLoopback } from '../lib/listen-address.ts';
import type { ImageValue, MountValue, PortValue, SecretValue } from '../model/field-values.ts';
import { type Field, type FieldPath, fieldId } from '../model/fields.ts';
import type { Grant, GrantScope } from '../model/grant.ts';
import type { Json } from '../model/json.ts';
import type { SecretSource } from '../model/network.ts';
import { furtherReach, withoutReach } from './egress/reach.ts';

/** Where a manifest stands, and what the host paths in it lead to. */
export type Places = {
  /** Real path of the project's folder. */
  readonly project: string;
  /** What a host path leads to now, each link resolved. */
  readonly realOf: (hostPath: string) => string;
};

type Asked = Omit<Grant, 'fields'>;

export type GrantRule =
  /** No value of the field reaches past the project's folder. */
  | { readonly kind: 'inside'; readonly why: string }
  | {
      readonly kind: 'reaches';
      readonly asks: (field: Field, places: Places) => readonly Asked[];
      /** The value without what some scopes open; where absent, a field without its grant is left out whole. */
      readonly without?: (value: Json, gone: readonly GrantScope[]) => Json;
      /** What was done with it stays done: the machine cannot be without it, and a revocation takes nothing back. */
      readonly isLasting?: true;
    };

const inside = (why: string): GrantRule => ({ kind: 'inside', why });

const DIGEST_DIGITS = 8;

/** A value in an id: `=agent`, the start of a digest for a map; nothing for `true`, where the field says it all. */
const valueSuffix = (value: Json): string => {
  if (value === true) return '';
  return `=${typeof value === 'string' ? value : sha256(canonicalJson(value)).slice(0, DIGEST_DIGITS)}`;
};

/** Every value but those that open nothing is a grant of its own, and another value another one. */
const unless = (harmless: readonly Json[], textOf: (field: Field) => string): GrantRule => ({
  kind: 'reaches',
  asks: (field) => {
    if (harmless.includes(field.value)) return [];
    const id = fieldId(field.path, field.key);
    return [
      {
        id: `${id}${valueSuffix(field.value)}`,
        text: textOf(field),
        scope: { kind: 'value', field: id, value: field.value },
      },
    ];
  },
});

/** The mode is a part of the id, so that the word for reading is never taken for one for writing. */
const mountId = (path: string, mode: 'ro' | 'rw'): string =>
  fieldId('mounts[]', mode === 'rw' || /:r[ow]$/.test(path) ? `${path}:${mode}` : path);

const asksForMount = ({ value }: Field, { project, realOf }: Places): readonly Asked[] => {
  const { host, mode } = value as MountValue;
  const path = realOf(host);
  if (isWithin(project, path)) return [];
  const leads = path === host ? '' : `, where ${host} leads`;
  return [
    {
      id: mountId(path, mode),
      text: `the guest ${mode === 'rw' ? 'reads and changes' : 'reads'} ${path}${leads}`,
      scope: { kind: 'folder', path, mode },
    },
  ];
};

const LOWEST_UNPRIVILEGED_PORT = 1024;

const asksForPort = ({ path, key, value }: Field): readonly Asked[] => {
  const { host, address } = value as PortValue;
  const isPrivileged = host !== 'auto' && host < LOWEST_UNPRIVILEGED_PORT;
  if (isLoopback(address) && !isPrivileged) return [];
  const port = host === 'auto' ? 'a free port' : `port ${host}`;
  return [
    {
      id: fieldId(path, key),
      text: isLoopback(address)
        ? `this host listens on ${port}, one of those below ${LOWEST_UNPRIVILEGED_PORT}`
        : `whoever reaches this host at ${address} reaches the guest through ${port}`,
      scope: { kind: 'port', address, port: host },
    },
  ];
};

const asksForImage = ({ value }: Field, { project, realOf }: Places): readonly Asked[] => {
  const image = value as ImageValue;
  if (!('path' in image)) return [];
  const path = realOf(image.path);
  if (isWithin(project, path)) return [];
  return [
    {
      id: `base.image[${path}]`,
      text: `the guest reads the file ${path}`,
      scope: { kind: 'image', path },
    },
  ];
};

const asksForEgress = ({ path, value }: Field): readonly Asked[] =>
  furtherReach(value).map(({ entry, text }) => ({
    id: entry === 'open' ? `${path}=open` : `${path}[${entry}]`,
    text,
    scope: { kind: 'value', field: path, value: entry },
  }));

const sourceText = (source: SecretSource): string => {
  switch (source.from) {
    case 'env':
      return `the variable ${source.variable}`;
    case 'file':
      return `the file ${source.path}`;
    case 'keyring':
      return `${source.account} of ${source.service} in your keyring`;
    case 'command':
      return `what this host prints for \`${source.command.join(' ')}\``;
  }
};

const secretText = ({ key, value }: Field): string => {
  const { hosts, source } = value as SecretValue;
  return `requests of the guest to ${hosts.join(', ')} carry your secret ${key}: ${sourceText(source)}`;
};

const inGuest = inside('it happens in the guest alone');
const noReach = inside('it opens nothing of the host');

/**
 * What of each field reaches past the project's own folder. A field that no driver honours yet has its rule already:
 * the day it is built nothing of it is free by accident.
 */
export const GRANT_RULES = {
  name: noReach,
  driver: inside('each driver that is built makes a virtual machine'),
  agent: inGuest,
  'agents[].version': inGuest,
  'agents[].args': inGuest,
  'agents[].autonomy': inGuest,
  'agents[].config': inGuest,
  'agents[].configDirs': unless(
    ['none'],
    ({ key, value }) => `the guest gets your ${key} folders (${value})`,
  ),
  'base.image': { kind: 'reaches', asks: asksForImage, isLasting: true },
  'base.packages[]': inGuest,
  'base.scripts[]': inside('a script lies in the project and runs in the guest'),
  'resources.cpus': inside('a machine takes what it is given; the plan shows it'),
  'resources.memory': inside('a machine takes what it is given; the plan shows it'),
  'resources.disk': inside('a machine takes what it is given; the plan shows it'),
  'workspace.guestPath': inside("the project's own folder, at another place in the guest"),
  'workspace.mode': inside("the project's own folder"),
  'workspace.shadow[]': inside("the project's own folder"),
  // The list only adds to what is always protected; an entry that opened a file would be a grant.
  'workspace.protect[]': inside('it takes from the guest and opens nothing'),
  'mounts[]': { kind: 'reaches', asks: asksForMount },
  'volumes[]': inside("a disk of the machine's own"),
  'ports[]': { kind: 'reaches', asks: asksForPort },
  'env[]': inside('values that stand in the manifest or in the project'),
  'secrets[]': unless([], secretText),
  'identity.gitconfig': unless([false], () => 'the guest gets your git configuration'),
  'identity.gitCredentials': unless(
    ['none'],
    ({ value }) => `the guest uses your git credentials (${value})`,
  ),
  'identity.gh': unless(['none'], ({ value }) => `the guest acts as you on GitHub (${value})`),
  'identity.ssh': unless(['none'], ({ value }) => `the guest uses your SSH keys (${value})`),
  'network.egress': {
    kind: 'reaches',
    asks: asksForEgress,
    without: (value, gone) =>
      withoutReach(
        value,
        gone.flatMap((scope) => (scope.kind === 'value' ? String(scope.value) : [])),
      ),
  },
  'network.ports[]': unless([], ({ key }) => `the guest reaches port ${key} wherever network.egress lets it`),
  'network.hostPorts[]': unless([], ({ key }) => `the guest reaches port ${key} of this host's loopback`),
  'services[]': inGuest,
  environment: inGuest,
  'lifecycle.onExit': noReach,
  'lifecycle.idle': noReach,
  'lifecycle.protect': noReach,
  'drift.policy': noReach,
  'snapshots.keep': inside('what a machine may take beside its disk; the plan shows it'),
  'snapshots.maxSize': inside('what a machine may take beside its disk; the plan shows it'),
  'labels[]': noReach,
} as const satisfies Record<FieldPath, GrantRule>;
