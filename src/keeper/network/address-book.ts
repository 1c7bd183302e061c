/** Which names of hosts led the guest to an address: what it may do with the bare address follows from them. */
export type AddressBook = {
  /** The guest was told these addresses for this name. */
  readonly remember: (name: string, addresses: readonly string[], ttlSeconds: number) => void;
  /** The names that led to an address and whose time is not over. */
  readonly namesOf: (address: string) => readonly string[];
  /** How many addresses there are in the book. */
  readonly size: () => number;
};

const ADDRESS_LIMIT = 4096;
const NAME_LIMIT = 16;
/** A program that asked just before the end of the time may still dial. */
const GRACE_MS = 30_000;

/** A book in memory; the addresses that were told longest ago make room for new ones. */
export const createAddressBook = (now: () => Date): AddressBook => {
  /** In the order of the last telling: of a Map, keys set anew go to the end. */
  const book = new Map<string, Map<string, number>>();
  const remember = (name: string, address: string, untilMs: number): void => {
    const names = book.get(address) ?? new Map<string, number>();
    const until = Math.max(untilMs, names.get(name) ?? 0);
    names.delete(name);
    names.set(name, until);
    for (const oldest of names.keys()) {
      if (names.size <= NAME_LIMIT) break;
      names.delete(oldest);
    }
    book.delete(address);
    book.set(address, names);
  };
  return {
    remember: (name, addresses, ttlSeconds) => {
      const untilMs = now().getTime() + ttlSeconds * 1000 + GRACE_MS;
      for (const address of addresses) remember(name, address, untilMs);
      for (const oldest of book.keys()) {
        if (book.size <= ADDRESS_LIMIT) break;
        book.delete(oldest);
      }
    },
    namesOf: (address) => {
      const names = book.get(address);
      if (names === undefined) return [];
      const nowMs = now().getTime();
      for (const [name, untilMs] of names) if (untilMs <= nowMs) names.delete(name);
      if (names.size === 0) book.delete(address);
      return [...names.keys()];
    },
    size: () => book.size,
  };
};
