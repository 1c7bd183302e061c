import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** A block of addresses: its first one and how many bits of it count. */
export type IpBlock = { readonly address: IpAddress; readonly bits: number };

/** An IPv4 address in IPv6's clothes is that IPv4 address: whoever dials it reaches the same. */
const undressed = (address: IpAddress): IpAddress =>
  address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress()
    ? (address as ipaddr.IPv6).toIPv4Address()
    : address;

/** An IPv6 address in hexadecimal alone: ipaddr.js takes `::10.0.0.1`, which is none, for a mapped address. */
const withoutDots = (text: string): string => new URL(`http://[${text}]`).hostname.slice(1, -1);

/**
 * An address as its text says, `::ffff:10.0.0.1` as the IPv4 address in it. Undefined for anything but the one common
 * notation: `127.1`, `0x7f000001`, `0177.0.0.1`, zone ids and brackets are none.
 */
export const parseIpAddress = (text: string): IpAddress | undefined => {
  if (isIPv4(text)) return ipaddr.parse(text);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  return undressed(ipaddr.parse(text.includes('.') ? withoutDots(text) : text));
};

/** The shortest common notation: RFC 5952 for IPv6. */
export const ipText = (address: IpAddress): string =>
  address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();

const widthOf = (address: IpAddress): number => (address.kind() === 'ipv4' ? 32 : 128);

/** `10.0.0.0/8`, or an address as the block of one; undefined for anything else. Bits behind the block's are kept. */
export const parseIpBlock = (text: string): IpBlock | undefined => {
  const [head = '', bits, ...rest] = text.split('/');
  const address = parseIpAddress(head);
  if (address === undefined || rest.length > 0) return undefined;
  if (bits === undefined) return { address, bits: widthOf(address) };
  // The length of a block of mapped addresses counts IPv6's bits.
  const offset = isIPv6(head) && address.kind() === 'ipv4' ? 96 : 0;
  const length = /^(0|[1-9][0-9]{0,2})$/.test(bits) ? Number(bits) - offset : -1;
  return length < 0 || length > widthOf(address) ? undefined : { address, bits: length };
};

/** The block with nothing behind its bits: of `10.1.2.3/16` that is `10.1.0.0/16`. */
export const networkOf = ({ address, bits }: IpBlock): IpBlock => {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept));
  });
  return { address: ipaddr.fromByteArray(bytes), bits };
};

export const isOneAddress = ({ address, bits }: IpBlock): boolean => bits === widthOf(address);

/** An address alone where the block is of one, else with its length. */
export const ipBlockText = (block: IpBlock): string =>
  isOneAddress(block) ? ipText(block.address) : `${ipText(block.address)}/${block.bits}`;

/** Whether all of a block lies in another. */
export const isBlockInBlock = (inner: IpBlock, outer: IpBlock): boolean =>
  inner.bits >= outer.bits && isInBlock(inner.address, outer);

/** Whether an address lies in a block; one of the other kind never does. */
export const isInBlock = (address: IpAddress, block: IpBlock): boolean =>
  address.kind() === block.address.kind() &&
  (address as ipaddr.IPv6).match(block.address as ipaddr.IPv6, block.bits);
