import { STRATEGIES, type Strategy } from '../model/plan.ts';

const rank = (strategy: Strategy): number => STRATEGIES.indexOf(strategy);

/** Whether a strategy disrupts no more than another. */
export const isAtMost = (strategy: Strategy, limit: Strategy): boolean => rank(strategy) <= rank(limit);

/** The least strategy that covers all: the join of a semilattice, whose bottom is `noop`. */
export const joinStrategies = (strategies: readonly Strategy[]): Strategy =>
  strategies.reduce<Strategy>((most, one) => (isAtMost(one, most) ? most : one), 'noop');
