import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { GuestResult } from '../model/guest.ts';

const LINES_SHOWN = 20;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
const CONTROL = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Text of the guest as it may stand in our output: no escape sequences, no control characters but tab and newline. */
export const plainText = (text: string): string => text.replace(CONTROL, '');

/** The last lines that a program of the guest printed, fit to be shown. */
export const lastLines = (text: string, count = LINES_SHOWN): readonly string[] => {
  const lines = plainText(text).trimEnd().split('\n');
  return lines.length === 1 && lines[0] === '' ? [] : lines.slice(-count);
};

/** The error for a step in the guest that did not succeed; safe to run again (exit 7). */
export const guestFailure = (init: {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly result?: GuestResult;
}): AgentvmError =>
  new AgentvmError({
    code: init.code,
    message: init.message,
    exitCode: ExitCode.applyFailed,
    ...(init.hint === undefined ? {} : { hint: init.hint }),
    ...(init.result === undefined
      ? {}
      : {
          details: [
            ...lastLines(init.result.stdout, LINES_SHOWN / 2),
            ...lastLines(init.result.stderr, LINES_SHOWN),
          ],
        }),
  });
