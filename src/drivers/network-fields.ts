import { type FieldId, type FieldPath, fieldId } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/machine.ts';
import type { NetworkSpec } from '../model/network.ts';

const known = (value: Json): Observation => ({ kind: 'known', value });

const WHOLE: readonly FieldPath[] = ['network.ports[]', 'network.hostPorts[]', 'secrets[]'];

/** What holds a guest, as the fields that ask for it. What holds only for a while is nobody's field. */
export const networkFields = ({
  egress,
  secrets,
}: NetworkSpec): {
  readonly fields: Readonly<Record<FieldId, Observation>>;
  readonly whole: readonly FieldPath[];
} => {
  const { mode, allow, deny, ports, hostPorts } = egress;
  const list = { allow: [...allow], deny: [...deny] };
  const keyed = (path: FieldPath, ports: readonly number[]) =>
    ports.map((port) => [fieldId(path, String(port)), known(true)] as const);
  return {
    fields: {
      'network.egress': known(mode === 'allow' ? list : mode),
      ...Object.fromEntries([...keyed('network.ports[]', ports), ...keyed('network.hostPorts[]', hostPorts)]),
      ...Object.fromEntries(
        secrets.map(({ name, hosts, source }) => [
          fieldId('secrets[]', name),
          known({ hosts, source } as unknown as Json),
        ]),
      ),
    },
    // Where nothing holds the guest, ports and secrets are only written down.
    whole: mode === 'open' ? [] : WHOLE,
  };
};
