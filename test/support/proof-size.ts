/** How much is tried: enough for each change in CI, and more at night (`npm run test:nightly`). */
export const isNightly = process.env.AGENTVM_PROOF === 'nightly';

/** One number for CI and one for the night. */
export const proofSize = (ci: number, nightly: number): number => (isNightly ? nightly : ci);
