import { createHmac } from 'node:crypto';
import type { EgressList, SecretValue } from '../model/field-values.ts';
import type { FieldPath } from '../model/fields.ts';
import type { AppliedFields, MachineId } from '../model/machine.ts';
import type { EgressSpec, NetworkSpec, SecretSpec, TemporaryRule } from '../model/network.ts';
import { fieldsOfPath, present } from './machine-spec.ts';

const PLACEHOLDER_PREFIX = 'agentvm-secret-';
const PLACEHOLDER_DIGITS = 40;

const portsOf = (fields: AppliedFields, path: FieldPath): readonly number[] =>
  fieldsOfPath(fields, path)
    .map(({ key }) => Number(key))
    .sort((a, b) => a - b);

/** What fields let a guest reach. Without a word about it, and where nobody granted more, that is `public`. */
export const egressOf = (all: AppliedFields, temporary: readonly TemporaryRule[] = []): EgressSpec => {
  const fields = present(all);
  const value = fields['network.egress']?.value ?? 'public';
  const rest = {
    ports: portsOf(fields, 'network.ports[]'),
    hostPorts: portsOf(fields, 'network.hostPorts[]'),
    temporary,
  };
  if (value === 'open' || value === 'public' || value === 'none') {
    return { mode: value, allow: [], deny: [], ...rest };
  }
  const { allow, deny } = value as unknown as EgressList;
  return { mode: 'allow', allow, deny, ...rest };
};

/** What the guest has in place of a secret: the same for one machine and name, and not to be guessed. */
export const placeholderOf = (id: MachineId, name: string, digestKey: Uint8Array): string =>
  PLACEHOLDER_PREFIX +
  createHmac('sha256', digestKey).update(`secret\0${id}\0${name}`).digest('hex').slice(0, PLACEHOLDER_DIGITS);

export type NetworkSource = {
  readonly id: MachineId;
  readonly fields: AppliedFields;
  readonly digestKey: Uint8Array;
  readonly temporary?: readonly TemporaryRule[];
};

/** The network of a machine as its fields ask for it. */
export const networkOf = ({ id, fields, digestKey, temporary }: NetworkSource): NetworkSpec => ({
  egress: egressOf(fields, temporary),
  secrets: fieldsOfPath(present(fields), 'secrets[]').map(({ key, value }): SecretSpec => {
    const { hosts, source } = value as unknown as SecretValue;
    return { name: key, placeholder: placeholderOf(id, key, digestKey), hosts, source };
  }),
});
