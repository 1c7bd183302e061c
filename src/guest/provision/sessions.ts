import type { Guest } from '../../model/guest.ts';
import { guestFailure, plainText } from '../failure.ts';
import { RUNNER } from '../runner.ts';

const TIMEOUT_MS = 20_000;
const LONGEST_NAME = 40;

/** Prints the command lines of the runner's processes, a NUL after each word and an empty word after each line. */
const SCRIPT = `grep -azlsxF -e "$1" /proc/[0-9]*/cmdline | while IFS= read -r file; do
  cat "$file" 2>/dev/null && printf '\\0'
done`;

const PEOPLES = ['run', 'shell', 'typed'];

const nameOf = (words: readonly string[]): readonly string[] => {
  const at = words.indexOf(RUNNER);
  const mode = words[at + 1] ?? '';
  if (at < 0 || !PEOPLES.includes(mode)) return [];
  const program = words[words.indexOf('--', at) + 1] ?? '';
  const name = mode === 'run' ? program.slice(program.lastIndexOf('/') + 1) : 'shell';
  return [plainText(name).replaceAll('\n', ' ').slice(0, LONGEST_NAME)];
};

/** The programs of sessions in what the guest printed. */
export const sessionsIn = (output: string): readonly string[] =>
  output.split('\0\0').flatMap((line) => nameOf(line.split('\0')));

/** What people and agents run in the guest, each by the name of its program. */
export const findSessions = async (guest: Guest): Promise<readonly string[]> => {
  const result = await guest.exec(['sh', '-c', SCRIPT, 'sh', RUNNER], { as: 'root', timeoutMs: TIMEOUT_MS });
  if (result.exitCode === 0) return sessionsIn(result.stdout);
  throw guestFailure({
    code: 'OBSERVATION_FAILED',
    message: 'The machine did not say what runs in it',
    result,
  });
};
