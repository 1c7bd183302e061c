import { expect, test } from 'vitest';
import { fakeDriver } from '../../src/drivers/fake/driver.ts';
import { createQemuDriver } from '../../src/drivers/qemu/driver.ts';
import { FIELD_PATHS } from '../../src/model/fields.ts';
import { policyOf } from '../../src/reconcile/field-policies.ts';
import { set } from '../support/planning.ts';

/** Fields that need no step because nothing in the machine depends on them, or the next session reads them. */
const DONE_BY_RECORDING = [
  'agent',
  'agents[].args',
  'agents[].autonomy',
  'lifecycle.protect',
  'drift.policy',
  'snapshots.keep',
  'snapshots.maxSize',
  'labels[]',
] as const;

test.each([fakeDriver, createQemuDriver({ keeperProgram: () => '' })])(
  'the $name driver refuses every field that no step works on',
  ({ limit }) => {
    const withoutWork = FIELD_PATHS.filter((path) => policyOf(path).work === 'none');
    const accepted = withoutWork.filter((path) => limit(set(path, 'something'))?.kind !== 'unsupported');
    expect(accepted).toEqual(DONE_BY_RECORDING);
  },
);
