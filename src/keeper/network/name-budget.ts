/** Limits how many names the guest can have asked in a minute: names carry data to whoever answers for their domain. */
export type NameBudget = {
  /** Whether a name may be asked: asked again within the minute, or within the limits of new ones. */
  readonly admits: (name: string) => boolean;
};

/** The rule that refuses it. */
export const TOO_MANY_NAMES = 'too many names';

const WINDOW_MS = 60_000;
/** Different names below one domain (its last two labels). A page of a large site asks for a dozen or two. */
const NAMES_PER_DOMAIN = 120;
const NAMES = 1200;

/** What stands for all names of one domain where they are too many to be told. */
export const namesBelow = (name: string): string => `*.${domainOf(name)}`;

const domainOf = (name: string): string => name.split('.').slice(-2).join('.');

export const createNameBudget = (now: () => Date): NameBudget => {
  let sinceMs = now().getTime();
  let names = 0;
  let domains = new Map<string, Set<string>>();
  return {
    admits: (name) => {
      const nowMs = now().getTime();
      if (nowMs - sinceMs >= WINDOW_MS || nowMs < sinceMs) {
        sinceMs = nowMs;
        names = 0;
        domains = new Map();
      }
      const domain = domainOf(name);
      const known = domains.get(domain) ?? new Set();
      if (known.has(name)) return true;
      if (names >= NAMES || known.size >= NAMES_PER_DOMAIN) return false;
      names += 1;
      known.add(name);
      domains.set(domain, known);
      return true;
    },
  };
};
