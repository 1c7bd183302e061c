import { coversAddress } from '../lib/listen-address.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { PortValue } from '../model/field-values.ts';
import type { Manifest } from '../model/manifest.generated.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import type { TreePath } from './tree.ts';

type Port = NonNullable<Manifest['ports']>[number];

const LOOPBACK = '127.0.0.1';
const HIGHEST_PORT = 65_535;

const parsePort = (port: Port): PortValue => {
  if (typeof port === 'number') return { guest: port, host: port, address: LOOPBACK };
  if (typeof port === 'string') {
    const [host = '', guest = ''] = port.split(':');
    return { guest: Number(guest), host: host === 'auto' ? host : Number(host), address: LOOPBACK };
  }
  return { guest: port.guest, host: port.host ?? port.guest, address: port.address ?? LOOPBACK };
};

const isIPv6 = (address: string): boolean => address.includes(':');

/** Loaded only where an address is written: it is a heavy part of node. */
const isAddress = async (address: string): Promise<boolean> =>
  address === LOOPBACK || (await import('node:net')).isIP(address) !== 0;

/** The key of a port's field, as field-values.ts says. */
const portKey = ({ guest, host, address }: PortValue): string => {
  if (address !== LOOPBACK) return `${isIPv6(address) ? `[${address}]` : address}:${host}:${guest}`;
  return host === guest ? String(guest) : `${host}:${guest}`;
};

const overlaps = (a: PortValue, b: PortValue): boolean =>
  a.host === b.host &&
  a.host !== 'auto' &&
  (coversAddress(a.address, b.address) || coversAddress(b.address, a.address));

const complaintOf = (
  resolving: Resolving,
  at: TreePath,
  port: PortValue,
  addressIsValid: boolean,
  earlier: readonly PortValue[],
): Diagnostic | undefined => {
  const numbers = [port.guest, ...(port.host === 'auto' ? [] : [port.host])];
  const wrong = numbers.find((number) => number < 1 || number > HIGHEST_PORT);
  if (wrong !== undefined) {
    return complainAt(resolving, at, {
      code: 'out-of-range',
      message: `${wrong} is not a port`,
      hint: `Ports go from 1 to ${HIGHEST_PORT}.`,
    });
  }
  if (!addressIsValid) {
    return complainAt(resolving, at, {
      code: 'not-allowed',
      message: `'${port.address}' is not an IP address`,
      hint:
        port.address === 'localhost'
          ? 'Write 127.0.0.1, or leave it out.'
          : 'Write an address of this host, for example 127.0.0.1.',
    });
  }
  if (earlier.some((other) => overlaps(port, other))) {
    return complainAt(resolving, at, {
      code: 'duplicate',
      message: `Port ${port.host} of the host is used twice`,
      hint: `Give one of them another host port, for example "auto:${port.guest}".`,
    });
  }
  if (earlier.some((other) => portKey(other) === portKey(port))) {
    return complainAt(resolving, at, {
      code: 'duplicate',
      message: `Port ${port.guest} of the guest is published twice in the same way`,
      hint: 'Delete one of them.',
    });
  }
  return undefined;
};

/** `ports` as fields by key. */
export const resolvePorts = async (resolving: Resolving): Promise<Section> => {
  const ports = (resolving.manifest.ports ?? []).map(parsePort);
  const valid = await Promise.all(ports.map(({ address }) => isAddress(address)));
  const diagnostics = ports.flatMap(
    (port, index) =>
      complaintOf(resolving, ['ports', index], port, valid[index] === true, ports.slice(0, index)) ?? [],
  );
  const fields = ports.map((port, index) =>
    fieldAt(resolving, ['ports', index], { path: 'ports[]', key: portKey(port), value: port }),
  );
  return { fields, diagnostics };
};
