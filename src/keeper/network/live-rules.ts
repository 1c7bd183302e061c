import { networkInterfaces } from 'node:os';
import type { EgressSpec } from '../../model/network.ts';
import { compileEgress, type EgressRules } from '../../policy/egress/rules.ts';

/** The rules of a running machine, which change with its manifest, with time, and with this host's own addresses. */
export type LiveRules = {
  readonly now: () => EgressRules;
  readonly set: (spec: EgressSpec) => void;
  readonly close: () => void;
};

/** A laptop moves between networks; its own addresses are looked up again after so long. */
const ADDRESSES_MS = 5000;
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
  let compiledMs = Number.NEGATIVE_INFINITY;
  let rules: EgressRules;
  let timer: NodeJS.Timeout | undefined;

  const compile = (): void => {
    compiledMs = now().getTime();
    rules = compileEgress(current, now(), ownAddresses());
    clearTimeout(timer);
    if (rules.endsAtMs === undefined) return;
    const waitMs = Math.min(Math.max(0, rules.endsAtMs - compiledMs), TIMER_LIMIT_MS);
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
      if (nowMs - compiledMs >= ADDRESSES_MS || nowMs >= (rules.endsAtMs ?? Number.POSITIVE_INFINITY))
        compile();
      return rules;
    },
    set: (next) => {
      current = next;
      change();
    },
    close: () => clearTimeout(timer),
  };
};
