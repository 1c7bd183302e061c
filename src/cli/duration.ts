import { AgentvmError, ExitCode } from '../model/errors.ts';

const invalidDuration = (text: string): AgentvmError =>
  new AgentvmError({
    code: 'DURATION_INVALID',
    exitCode: ExitCode.usage,
    message: `'${text}' is no length of time`,
    hint: 'Write a number with its unit, for example: --for 30m, --for 2h, --for 1d',
  });

/** A length of time as people write it, in milliseconds. @throws AgentvmError DURATION_INVALID (exit 3). */
export const durationMs = async (text: string): Promise<number> => {
  // Milliseconds, which a bare number is to the library, are what nobody means here.
  if (!/[a-z]/i.test(text) || text.length > 100) throw invalidDuration(text);
  const { default: ms } = await import('ms');
  const duration: number | undefined = ms(text as Parameters<typeof ms>[0]);
  if (duration === undefined || !Number.isFinite(duration) || duration <= 0) throw invalidDuration(text);
  return duration;
};
