import type { Selection } from './selection.ts';

export type GuestWords = Selection & {
  /** Whether the words stood behind `--`. */
  readonly separated: boolean;
  readonly words: readonly string[];
};

/**
 * The words of `run` and `exec`. Only a leading -f/--file, --machine and --help are ours: everything from the first
 * other word on belongs to the guest's program, as it stands.
 */
export const ownWords = (words: readonly string[]): GuestWords | 'help' => {
  const [first, second, ...rest] = words;
  if (first === '--help' || first === '-h') return 'help';
  if ((first === '-f' || first === '--file') && second !== undefined) {
    const inner = ownWords(rest);
    return inner === 'help' ? inner : { file: second, ...inner };
  }
  if (first === '--machine' && second !== undefined) {
    const inner = ownWords(rest);
    return inner === 'help' ? inner : { machine: second, ...inner };
  }
  return first === '--' ? { separated: true, words: words.slice(1) } : { separated: false, words };
};
