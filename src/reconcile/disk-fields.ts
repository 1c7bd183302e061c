import type { FieldId, FieldPath } from '../model/fields.ts';
import type { AppliedFields } from '../model/machine.ts';
import { policyOf, type Work } from './field-policies.ts';
import { isSameValue } from './same-value.ts';

/** Work whose effect lies on the root disk, and so comes and goes with it. */
const ON_DISK: readonly Work[] = ['root', 'disk', 'package', 'env', 'script', 'agent'];

const isOnDisk = (path: FieldPath): boolean => ON_DISK.includes(policyOf(path).work);

const pick = (fields: AppliedFields, wanted: boolean): AppliedFields =>
  Object.fromEntries(Object.entries(fields).filter(([, { path }]) => isOnDisk(path) === wanted));

/** The applied fields whose effect lies on the root disk. */
export const diskFields = (fields: AppliedFields): AppliedFields => pick(fields, true);

/**
 * What holds once the disk is back to what it was: its own fields as they were then, all others as they are. A mount
 * that was taken away since, or a protection that was set, does not come or go with the disk.
 */
export const fieldsAfterRollback = (now: AppliedFields, then: AppliedFields): AppliedFields => ({
  ...pick(now, false),
  ...diskFields(then),
});

/** What a rollback takes away that was applied since, each by its field's name; the next apply does it again. */
export const lostByRollback = (now: AppliedFields, then: AppliedFields): readonly FieldId[] =>
  Object.entries(diskFields(now))
    .filter(([id, { value, resolved }]) => {
      const before = then[id];
      return (
        before === undefined ||
        !isSameValue(before.value, value) ||
        !isSameValue(before.resolved ?? null, resolved ?? null)
      );
    })
    .map(([id]) => id)
    .sort();
