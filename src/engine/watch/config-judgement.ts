import type { Judgement } from '../../model/condition.ts';
import { reasonOfCode } from '../../model/condition.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Desired } from '../../model/machine.ts';

/** What a machine's document is found to be. */
export type Declared =
  | { readonly kind: 'valid'; readonly desired: Desired }
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  /** The files are there and sound, and none of them declares it. */
  | { readonly kind: 'gone' };

const placeOf = ({ file, excerpt }: Diagnostic): string =>
  excerpt === undefined ? file : `${file}:${excerpt.line}:${excerpt.column}`;

/** The condition ConfigValid. */
export const configJudgement = (declared: Declared): Judgement => {
  switch (declared.kind) {
    case 'valid':
      return { status: 'True', reason: 'ManifestValid', message: `revision ${declared.desired.revision}` };
    case 'gone':
      return {
        status: 'False',
        reason: 'ManifestGone',
        message: 'no manifest declares the machine any more; it is kept as it is',
      };
    case 'invalid': {
      const [first, ...others] = declared.diagnostics;
      if (first === undefined) throw new Error('an invalid manifest without a diagnostic');
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
      return {
        status: 'False',
        reason: `Manifest${reasonOfCode(first.code)}`,
        message: `${placeOf(first)}: ${first.message}${more}; the last good version holds`,
      };
    }
  }
};
