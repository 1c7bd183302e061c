import type { FieldId } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/machine.ts';
import type { EgressSpec } from '../model/network.ts';

const known = (value: Json): Observation => ({ kind: 'known', value });

/** The rules by which a guest is held, as the fields that ask for them. What holds only for a while is nobody's field. */
export const networkFields = (egress: EgressSpec): Readonly<Record<FieldId, Observation>> => {
  const { mode, allow, deny, ports, hostPorts } = egress;
  const list = { allow: [...allow], deny: [...deny] };
  return {
    'network.egress': known(mode === 'allow' ? list : mode),
    ...Object.fromEntries(ports.map((port) => [`network.ports[${port}]`, known(true)])),
    ...Object.fromEntries(hostPorts.map((port) => [`network.hostPorts[${port}]`, known(true)])),
  };
};
