import type ipaddr from 'ipaddr.js';
import {
  type IpAddress,
  type IpBlock,
  isBlockInBlock,
  isInBlock,
  parseIpAddress,
  parseIpBlock,
} from '../../lib/ip-address.ts';

const table = (rows: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(rows).flatMap(([word, texts]) =>
    texts.flatMap((text) => {
      const block = parseIpBlock(text);
      return block === undefined ? [] : [{ word, block }];
    }),
  );

/**
 * What is no address of a public host: https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 twin,
 * without the documentation blocks, which harm nobody and stand for public hosts in test networks; and the addresses
 * at which clouds tell a machine its credentials. The first that fits gives the word.
 */
const SPECIAL = table({
  'metadata address': [
    '169.254.169.254',
    // Oracle Cloud, Alibaba Cloud, Azure (a public address that leads to the host), AWS and Google over IPv6.
    '192.0.0.192',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd20:ce::254',
  ],
  'unspecified address': ['0.0.0.0/8', '::'],
  'loopback address': ['127.0.0.0/8', '::1'],
  'private address': [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    'fc00::/7',
    'fec0::/10',
  ],
  'link-local address': ['169.254.0.0/16', 'fe80::/10'],
  'multicast address': ['224.0.0.0/4', 'ff00::/8'],
  'broadcast address': ['255.255.255.255'],
  // Protocol assignments (Teredo among them), relays of 6to4, benchmarks; what was never given out.
  'reserved address': [
    '192.0.0.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '240.0.0.0/4',
    '2001::/23',
    '3ffe::/16',
  ],
});

const block = (text: string) =>
  parseIpBlock(text) ?? { address: parseIpAddress('::') as IpAddress, bits: 128 };
const GLOBAL_UNICAST = block('2000::/3');
const LOOPBACK = [block('127.0.0.0/8'), block('::1')];
const NAT64 = block('64:ff9b::/96');
const SIX_TO_FOUR = block('2002::/16');

const ipv4At = (address: IpAddress, byte: number): readonly IpAddress[] =>
  [
    parseIpAddress(
      address
        .toByteArray()
        .slice(byte, byte + 4)
        .join('.'),
    ),
  ].flatMap((one) => one ?? []);

/** IPv4 addresses that a network leads an IPv6 address on to: by NAT64, 6to4 and ISATAP. */
export const carriedAddresses = (address: IpAddress): readonly IpAddress[] => {
  if (address.kind() === 'ipv4') return [];
  const { parts } = address as ipaddr.IPv6;
  const isIsatap = ((parts[4] ?? 0) & 0xfdff) === 0 && parts[5] === 0x5efe;
  return [
    ...(isInBlock(address, NAT64) ? ipv4At(address, 12) : []),
    ...(isInBlock(address, SIX_TO_FOUR) ? ipv4At(address, 2) : []),
    ...(isIsatap ? ipv4At(address, 12) : []),
  ];
};

/** Whether every address of a block is this host's loopback. */
export const isLoopbackBlock = (given: IpBlock): boolean =>
  LOOPBACK.some((one) => isBlockInBlock(given, one));

/** The word for an address that is no public host's, for example `private address`; undefined for a public one. */
export const specialAddress = (address: IpAddress): string | undefined => {
  const special = SPECIAL.find((one) => isInBlock(address, one.block));
  if (special !== undefined) return special.word;
  for (const carried of carriedAddresses(address)) {
    const word = specialAddress(carried);
    if (word !== undefined) return word;
  }
  const isPublic =
    address.kind() === 'ipv4' || [GLOBAL_UNICAST, NAT64].some((one) => isInBlock(address, one));
  return isPublic ? undefined : 'reserved address';
};

/** Whether some address of a block is no public host's, or leads on to one that is not. */
export const touchesSpecial = (given: IpBlock): boolean => {
  const touches = (other: IpBlock): boolean => isBlockInBlock(given, other) || isBlockInBlock(other, given);
  if (SPECIAL.some((one) => touches(one.block)) || specialAddress(given.address) !== undefined) return true;
  return touches(NAT64) || touches(SIX_TO_FOUR);
};
