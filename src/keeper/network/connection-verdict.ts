import { decideAddress, decideName } from '../../policy/egress/decide.ts';
import type { EgressRules, Verdict } from '../../policy/egress/rules.ts';

/** Whom a connection of the guest's wants: what it dialled, and what it named. */
export type Wanted = {
  readonly address: string;
  readonly port: number;
  /** What the TLS hello or the HTTP head names. */
  readonly name?: string;
  /** Names for which the keeper's resolver gave the address. */
  readonly namesOfAddress: readonly string[];
  /** Why whom it names cannot be told for sure: it may be somebody else. */
  readonly doubt?: string;
};

/** Where an allowed connection goes: to our own resolution of the name, or to the address that was dialled. */
export type Decision = Verdict & { readonly target: string };

/** A rule that takes away counts whatever else an address may do. */
const isDenied = (verdict: Verdict | undefined): boolean =>
  verdict !== undefined && !verdict.allowed && verdict.rule.startsWith('deny ');

/**
 * Decides a connection to a host that is not this one. A name that was told decides; where no rule is about the name,
 * the address can still be one that a block of the manifest names.
 */
export const decideConnection = (rules: EgressRules, wanted: Wanted): Decision => {
  const { address, port, name, doubt } = wanted;
  const byName = name === undefined ? undefined : decideName(rules, name, port);
  if (doubt === undefined) {
    if (byName === undefined) {
      return { ...decideAddress(rules, address, port, wanted.namesOfAddress), target: address };
    }
    if (name !== undefined && byName.allowed) return { ...byName, target: name };
  }
  // Without names only a block allows, but in `public`, where a doubt is no reason to trust the address.
  const byBlock = decideAddress(rules, address, port, []);
  if (byBlock.allowed && !isDenied(byName) && !(doubt !== undefined && rules.mode === 'public')) {
    return { ...byBlock, target: address };
  }
  return { allowed: false, rule: doubt ?? byName?.rule ?? byBlock.rule, target: address };
};
