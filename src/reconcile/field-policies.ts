import type { PortValue } from '../model/field-values.ts';
import type { FieldPath } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField } from '../model/machine.ts';
import type { Strategy } from '../model/plan.ts';
import { isSameValue } from './same-value.ts';

/**
 * What has to be done for a field: `none` needs nothing but the record of it; `machine` is read when the machine
 * starts; the rest name the part of the machine or the guest that a step of its own changes.
 */
export type Work =
  | 'none'
  | 'rename'
  | 'machine'
  | 'root'
  | 'disk'
  | 'workspace'
  | 'protect'
  | 'mount'
  | 'port'
  | 'network'
  | 'idle'
  | 'env'
  | 'package'
  | 'script'
  | 'agent'
  | 'mend';

/** A value before and after; absent on one side for an addition or a removal. */
type Values = { readonly before?: Json; readonly after?: Json };

/** What a change costs, and the sentence that says why. */
export type Cost = { readonly strategy: Strategy; readonly why: string };

export type Policy = {
  readonly work: Work;
  readonly cost: (values: Values) => Cost;
  /** Whether the default of the release that applied it stays, also when a newer release has another. */
  readonly keepsDefault?: true;
  /** Whether an observed value is what a value asks for; equality where absent. */
  readonly matches?: (value: Json, observed: Json) => boolean;
  /** Whether all there is of it is agentvm's doing, so that what nobody asked for is no one else's either. */
  readonly isOurs?: true;
  /** Whether there is more to it than what is observed: seen as it is wanted, it may still have to be done. */
  readonly isPartlySeen?: true;
  /** Whether an observed value that is not what was applied is still no drift. */
  readonly tolerates?: (applied: AppliedField, observed: Json) => boolean;
};

const always = (strategy: Strategy, why: string) => (): Cost => ({ strategy, why });

const NEXT_SESSION = 'the next session starts with it';
const noted: Policy = { work: 'none', cost: always('noop', 'nothing in the machine depends on it') };
const notedDefault: Policy = { ...noted, keepsDefault: true };
const forSessions: Policy = { work: 'none', cost: always('noop', NEXT_SESSION), keepsDefault: true };
const drive = (why: string): Policy => ({ work: 'root', cost: always('recreate', why), keepsDefault: true });

const diskCost = ({ before, after }: Values): Cost => {
  if (typeof before === 'number' && typeof after === 'number' && after < before) {
    return { strategy: 'recreate', why: 'a disk cannot shrink, so a smaller one is a new root disk' };
  }
  return { strategy: 'restart', why: 'the root disk grows while the machine is stopped' };
};

const scriptCost = ({ after }: Values): Cost =>
  after === undefined
    ? { strategy: 'noop', why: 'what the script did stays in the guest' }
    : { strategy: 'reapply', why: 'the script runs as root in the guest' };

const RULES_CHANGE = 'the rules change while the machine runs';

/** An open network is another one, in which a machine has to be started. */
const egressCost = ({ before = 'public', after = 'public' }: Values): Cost => {
  if ((before === 'open') === (after === 'open')) return { strategy: 'live', why: RULES_CHANGE };
  return {
    strategy: 'restart',
    why:
      after === 'open'
        ? 'a machine leaves the network that agentvm holds only at its start'
        : 'a machine gets the network that agentvm holds at its start',
  };
};

const isSamePort = (value: Json, observed: Json): boolean => {
  const wanted = value as PortValue;
  const found = observed as PortValue;
  if (wanted.host !== 'auto' || typeof found !== 'object' || found === null) {
    return isSameValue(value, observed);
  }
  return wanted.guest === found.guest && wanted.address === found.address;
};

const isExactVersion = (value: Json): boolean => value !== 'latest' && value !== 'host';

/**
 * What each field costs when it changes. A field without a policy does not compile. Fields whose work is not built
 * yet are refused by every driver's `limit`, but for the values that ask for nothing; so they need only a record.
 */
export const FIELD_POLICIES = {
  name: { work: 'rename', cost: always('live', 'the machine gets another name and stays itself') },
  driver: drive('another driver means another machine'),
  agent: forSessions,
  'agents[].version': {
    work: 'agent',
    cost: always('reapply', 'the agent is installed in the guest'),
    keepsDefault: true,
    tolerates: (applied) => applied.resolved === undefined && !isExactVersion(applied.value),
  },
  'agents[].args': forSessions,
  'agents[].autonomy': forSessions,
  'agents[].config': forSessions,
  'agents[].configDirs': forSessions,
  'base.image': drive('another image means a new root disk'),
  'base.packages[]': { work: 'package', cost: always('reapply', 'packages are changed in the guest') },
  'base.scripts[]': { work: 'script', cost: scriptCost },
  'resources.cpus': {
    work: 'machine',
    cost: always('restart', 'a running machine keeps the processors it was started with'),
    keepsDefault: true,
  },
  'resources.memory': {
    work: 'machine',
    cost: always('restart', 'a running machine keeps the memory it was started with'),
    keepsDefault: true,
  },
  'resources.disk': {
    work: 'disk',
    cost: diskCost,
    keepsDefault: true,
    tolerates: ({ value }, observed) =>
      typeof value === 'number' && typeof observed === 'number' && observed >= value,
  },
  'workspace.guestPath': { work: 'workspace', cost: always('live', 'the folder is bound at its new place') },
  'workspace.mode': {
    work: 'workspace',
    cost: always('live', 'the folder is bound anew'),
    keepsDefault: true,
  },
  'workspace.shadow[]': noted,
  'workspace.protect[]': { work: 'protect', cost: always('live', 'the host binds the path read-only') },
  'mounts[]': { work: 'mount', cost: always('live', 'a bind in the exported folder shows up at once') },
  'volumes[]': noted,
  'ports[]': {
    work: 'port',
    cost: always('live', 'the host listens, the guest does not notice'),
    matches: isSamePort,
  },
  'env[]': { work: 'env', cost: always('live', NEXT_SESSION) },
  // The keeper tells what it puts into requests, not whether sessions have the placeholder.
  'secrets[]': {
    work: 'env',
    cost: always('live', 'the next session has its placeholder'),
    isOurs: true,
    isPartlySeen: true,
  },
  'identity.gitconfig': notedDefault,
  'identity.gitCredentials': notedDefault,
  'identity.gh': notedDefault,
  'identity.ssh': notedDefault,
  'network.egress': { work: 'network', cost: egressCost, keepsDefault: true },
  'network.ports[]': { work: 'network', cost: always('live', RULES_CHANGE), isOurs: true },
  'network.hostPorts[]': { work: 'network', cost: always('live', RULES_CHANGE), isOurs: true },
  'services[]': noted,
  environment: forSessions,
  'lifecycle.onExit': notedDefault,
  'lifecycle.idle': { work: 'idle', cost: always('live', 'its keeper counts from then on'), isOurs: true },
  'lifecycle.protect': notedDefault,
  'drift.policy': notedDefault,
  'snapshots.keep': notedDefault,
  'snapshots.maxSize': notedDefault,
  'labels[]': noted,
} as const satisfies Record<FieldPath, Policy>;

export const policyOf = (path: FieldPath): Policy => FIELD_POLICIES[path];
