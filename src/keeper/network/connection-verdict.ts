import { decideAddress, decideName } from '../../policy/egress/decide.ts';
import type { EgressRules, Verdict } from '../../policy/egress/rules.ts';

/** Whom a connection of the guest's wants: what it dialled, and what it named. */
export type Wanted = {
  readonly address: string;
  readonly port: number;
  /** What the TLS hello or the HTTP head names. */
  readonly name?: string;
  /** The hello may carry another one that nobody but the server can read. */
  readonly hasEch?: boolean;
  /** Names for which the keeper's resolver gave the address. */
  readonly namesOfAddress: readonly string[];
};

/** Where an allowed connection goes: to our own resolution of the name, or to the address that was dialled. */
export type Decision = Verdict & { readonly target: string };

/** A rule that takes away counts whatever else an address may do. */
const isDenied = (verdict: Verdict): boolean => !verdict.allowed && verdict.rule.startsWith('deny ');

/**
 * Decides a connection to a host that is not this one. A name that was told decides; where no rule is about the name,
 * the address can still be one that a block of the manifest names.
 */
export const decideConnection = (rules: EgressRules, wanted: Wanted): Decision => {
  const { address, port, name } = wanted;
  if (name === undefined) {
    return { ...decideAddress(rules, address, port, wanted.namesOfAddress), target: address };
  }
  const byName = decideName(rules, name, port);
  const isHidden = wanted.hasEch === true && rules.mode === 'allow';
  if (byName.allowed && !isHidden) return { ...byName, target: name };
  const byBlock = decideAddress(rules, address, port, []);
  if (byBlock.allowed && !isDenied(byName)) return { ...byBlock, target: address };
  return { allowed: false, rule: byName.allowed ? 'encrypted client hello' : byName.rule, target: address };
};
