import fc from 'fast-check';

/**
 * Somewhere between the start (0) and the end (1) of a thing. Not `fc.double`, whose values are spread over what a double
 * can be: nine in ten of those between 0 and 1 are so small that they mean the start.
 */
export const fraction: fc.Arbitrary<number> = fc.nat(10_000).map((part) => part / 10_000);
