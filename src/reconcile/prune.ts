import type { MachineId } from '../model/machine.ts';

/** A machine that a file or folder of manifests made. */
export type MadeMachine = {
  readonly id: MachineId;
  readonly name: string;
  readonly isProtected: boolean;
  /** Path of the manifest that made it. */
  readonly manifestPath: string;
  /** Whether that file is there and was left out, because it does not say that it is a manifest: it may be half-written. */
  readonly isFileUnclear: boolean;
  /** Whether the folder is the one that it was made for, and not another at the same path. */
  readonly isSameFolder: boolean;
};

/** Which of the machines that are declared no more are to go. */
export type PruneChoice = 'all' | readonly string[];

export type Pruning =
  | {
      readonly ok: true;
      readonly gone: readonly MadeMachine[];
      /** Machines that are declared no more and stay, each with why. */
      readonly kept: readonly { readonly name: string; readonly why: string }[];
    }
  | {
      readonly ok: false;
      readonly code: 'PRUNE_REFUSED' | 'PRUNE_UNKNOWN';
      readonly text: string;
      readonly hint: string;
    };

const namesOf = (machines: readonly { readonly name: string }[]): string =>
  machines.map(({ name }) => name).join(', ');

const naming = (machines: readonly MadeMachine[]): string =>
  `If that is meant, name them: ${machines.map(({ name }) => `--prune=${name}`).join(' ')}`;

/** Why a machine that is declared no more stays unless it is named. */
const whyKept = ({ isProtected, isFileUnclear, isSameFolder }: MadeMachine): string | undefined => {
  if (isProtected) return 'it is protected';
  if (isFileUnclear) return 'its manifest is there and does not say that it is one';
  return isSameFolder ? undefined : 'it was made by another folder that stood here';
};

const pruneNamed = (
  made: readonly MadeMachine[],
  declared: readonly string[],
  names: readonly string[],
): Pruning => {
  const unknown = names.find((name) => !made.some((one) => one.name === name));
  if (unknown !== undefined) {
    return {
      ok: false,
      code: 'PRUNE_UNKNOWN',
      text: `no machine '${unknown}' was made here`,
      hint: made.length === 0 ? 'None was made here.' : `Made here were: ${namesOf(made)}`,
    };
  }
  const still = names.find((name) => declared.includes(name));
  if (still !== undefined) {
    return {
      ok: false,
      code: 'PRUNE_UNKNOWN',
      text: `'${still}' is declared, so there is nothing to prune`,
      hint: 'Take it out of its manifest first, or remove it by: agentvm rm',
    };
  }
  const gone = made.filter(({ name }) => names.includes(name));
  const safe = gone.filter(({ isProtected }) => isProtected);
  if (safe.length === 0) return { ok: true, gone, kept: [] };
  return {
    ok: false,
    code: 'PRUNE_REFUSED',
    text: `${namesOf(safe)}: protected, which holds also when the manifest is gone`,
    hint: 'Declare it again with lifecycle: {protect: false}, run agentvm apply, then prune it.',
  };
};

/**
 * Which machines go because they are declared no more. Nothing goes when nothing is declared, or when more than half
 * would: then the folder is more likely the wrong one, or half there. Naming them says that it is meant; a protected
 * one stays also then.
 * @param made every machine that this file or folder made.
 * @param declared the names that it declares now.
 */
export const choosePruned = (
  made: readonly MadeMachine[],
  declared: readonly string[],
  choice: PruneChoice,
): Pruning => {
  if (choice !== 'all') return pruneNamed(made, declared, choice);
  const absent = made.filter(({ name }) => !declared.includes(name));
  const kept = absent.flatMap((one) => {
    const why = whyKept(one);
    return why === undefined ? [] : [{ name: one.name, why }];
  });
  const gone = absent.filter((one) => whyKept(one) === undefined);
  if (gone.length > 0 && declared.length === 0) {
    return {
      ok: false,
      code: 'PRUNE_REFUSED',
      text: `nothing is declared, so all that was made here would go: ${namesOf(gone)}`,
      hint: naming(gone),
    };
  }
  if (gone.length > made.length / 2) {
    return {
      ok: false,
      code: 'PRUNE_REFUSED',
      text: `${gone.length} of the ${made.length} machines that were made here would go, more than half: ${namesOf(gone)}`,
      hint: naming(gone),
    };
  }
  return { ok: true, gone, kept };
};
