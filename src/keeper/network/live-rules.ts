import { networkInterfaces } from 'node:os';
import type { EgressSpec } from '../../model/network.ts';
import { compileEgress, type EgressRules } from '../../policy/egress/rules.ts';

/** The rules of a running machine, which change with its manifest, with time, and with this host's own addresses. */
export type LiveRules = {
  readonly now: () => EgressRules;
  readonly set: (spec: EgressSpec) => void;
  readonly close: () => void;
};

/** A laptop moves between networks; its own addresses, which take 0.2 ms, are looked up again after so long. */
const ADDRESSES_MS = 200;
/** Longest time that Node's timers can wait. */
const TIMER_LIMIT_MS = 2 ** 31 - 1;

/** Of this host's interfaces, as they are now. */
const addressesOfHost = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .map(({ address }) => address);

/** `onChange` is told when rules end by themselves, and after each `set`. */
export const createLiveRules = (
  spec: EgressSpec,
  now: () => Date,
  onChange: () => void,
  ownAddresses: () => readonly string[] = addressesOfHost,
): LiveRules => {
  let current = spec;
  let own: readonly string[] = [];
  let lookedMs = Number.NEGATIVE_INFINITY;
  let rules: EgressRules;
  let timer: NodeJS.Timeout | undefined;

  /** Whether they are others than they were. */
  const look = (): boolean => {
    const before = own;
    lookedMs = now().getTime();
    try {
      own = ownAddresses();
    } catch {
      // Without a descriptor left for the question it is what it was.
    }
    return own.length !== before.length || own.some((address, index) => address !== before[index]);
  };
  const compile = (): void => {
    look();
    rules = compileEgress(current, now(), own);
    clearTimeout(timer);
    if (rules.endsAtMs === undefined) return;
    const waitMs = Math.min(Math.max(0, rules.endsAtMs - now().getTime()), TIMER_LIMIT_MS);
    timer = setTimeout(change, waitMs);
    timer.unref();
  };
  const change = (): void => {
    compile();
    onChange();
  };
  compile();

  return {
    now: () => {
      const nowMs = now().getTime();
      const isStale = Math.abs(nowMs - lookedMs) >= ADDRESSES_MS;
      if ((isStale && look()) || nowMs >= (rules.endsAtMs ?? Number.POSITIVE_INFINITY)) compile();
      return rules;
    },
    set: (next) => {
      current = next;
      change();
    },
    close: () => clearTimeout(timer),
  };
};
