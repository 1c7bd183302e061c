import { test } from 'vitest';
import { proofSize } from '../support/proof-size.ts';
import { holdsAfterFailures, holdsWhenApplied, holdsWhenTakenBack } from './properties.ts';

// Through the whole engine and the simulator. The planner alone: test/reconcile/plan-properties.test.ts.
const PAIRS = proofSize(1000, 10_000);

test(`${PAIRS} pairs of manifests: applied, each holds, and the next plan is empty`, () =>
  holdsWhenApplied(PAIRS));

test(`${PAIRS} pairs with failures on the way: applying again gets to the same end`, () =>
  holdsAfterFailures(PAIRS));

test(`${PAIRS} pairs with failures on the way: the manifest before can be gone back to`, () =>
  holdsWhenTakenBack(PAIRS));
