/** Whether only programs of this host reach a listener on an IP address. Other spellings of `::1` do not count. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);

/** Whether a listener on one address takes what one on another takes. On Linux and macOS `::` takes IPv4 with it. */
export const coversAddress = (address: string, other: string): boolean =>
  address === other || address === '::' || (address === '0.0.0.0' && !other.includes(':'));
