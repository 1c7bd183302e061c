/**
 * Addresses that stand for names which have none that the guest could use: on a host that reaches the world by a proxy
 * alone, which resolves names itself, and for names with IPv6 addresses only. What the guest sends there goes to the name.
 */
export type StandIns = {
  readonly addressFor: (name: string) => string;
  /** The name that an address stands for, whatever time has passed. */
  readonly nameOf: (address: string) => string | undefined;
};

/** 198.18.0.0/16, for benchmarks (RFC 2544): nobody has one of these, and no rule lets anybody dial them. */
const FIRST_TWO = '198.18';
const ADDRESSES = 2 ** 16 - 2;
/** Names at a time; the one that was asked for longest ago makes room. */
const LIMIT = 4096;

export const createStandIns = (): StandIns => {
  const addresses = new Map<string, string>();
  const names = new Map<string, string>();
  let given = 0;
  // The one that was given longest ago comes again last, so that a program that kept it meets nobody else's name.
  const take = (): string => {
    const number = 1 + (given++ % ADDRESSES);
    return `${FIRST_TWO}.${number >> 8}.${number & 255}`;
  };
  return {
    addressFor: (name) => {
      const address = addresses.get(name) ?? take();
      addresses.delete(name);
      addresses.set(name, address);
      names.set(address, name);
      const [oldest] = addresses;
      if (addresses.size > LIMIT && oldest !== undefined) {
        addresses.delete(oldest[0]);
        names.delete(oldest[1]);
      }
      return address;
    },
    nameOf: (address) => names.get(address),
  };
};
