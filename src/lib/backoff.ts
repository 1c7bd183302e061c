/** How long to wait between tries. */
export type BackoffTimes = { readonly firstMs: number; readonly capMs: number };

export type BackoffSource = {
  /** Milliseconds of a clock that is never set back. */
  readonly nowMs: () => number;
  /** From 0 up to, but not, 1. */
  readonly random: () => number;
};

export type Backoff = {
  /** Counts a failure and returns after how many milliseconds to try again. */
  readonly fail: () => number;
  /** What is left of that time; 0 when the next try may be made. */
  readonly leftMs: () => number;
  readonly reset: () => void;
};

/** So much of a delay is up to chance, so that what failed together is not tried again together. */
const JITTER = 0.2;

/** Waits `firstMs` after the first failure and twice as long after each further one, up to `capMs`. */
export const createBackoff = (
  { firstMs, capMs }: BackoffTimes,
  { nowMs, random }: BackoffSource,
): Backoff => {
  let failures = 0;
  let untilMs = 0;
  return {
    fail: () => {
      const wholeMs = Math.min(capMs, firstMs * 2 ** failures);
      const delayMs = Math.round(wholeMs * (1 - JITTER * random()));
      failures += 1;
      untilMs = nowMs() + delayMs;
      return delayMs;
    },
    leftMs: () => Math.max(0, untilMs - nowMs()),
    reset: () => {
      failures = 0;
      untilMs = 0;
    },
  };
};
