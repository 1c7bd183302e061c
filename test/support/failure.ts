import { AgentvmError } from '../../src/model/errors.ts';

/** The AgentvmError that a promise is rejected with; anything else fails the test. */
export const failureOf = async (promise: Promise<unknown>): Promise<AgentvmError> => {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) {
    if (outcome.error instanceof AgentvmError) return outcome.error;
    throw outcome.error;
  }
  throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
};
