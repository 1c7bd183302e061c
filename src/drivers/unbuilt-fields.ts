import type { Field, FieldPath } from '../model/fields.ts';
import type { IdleValue } from '../model/idle.ts';
import type { Json } from '../model/json.ts';
import type { DriverName } from '../model/machine.ts';
import type { FieldLimit } from '../model/plan.ts';

/** Fields whose work is not built yet, with the values that ask nothing of it. */
const NOT_BUILT: Partial<Record<FieldPath, readonly Json[]>> = {
  'agents[].config': [],
  'agents[].configDirs': ['none'],
  'workspace.shadow[]': [],
  'volumes[]': [],
  'identity.gitconfig': [false],
  'identity.gitCredentials': ['none'],
  'identity.gh': ['none'],
  'identity.ssh': ['none'],
  'services[]': [],
  environment: ['auto', 'none'],
  'lifecycle.onExit': ['keep'],
};

const unsupported = (driver: DriverName, what = ''): FieldLimit => ({
  kind: 'unsupported',
  text: `is not supported${what} by the ${driver} driver yet`,
});

/**
 * What no driver has work for yet. A default is no one's wish, so only what the manifest says is refused.
 */
export const limitUnbuilt = (driver: DriverName, field: Field): FieldLimit | undefined => {
  const neutral = NOT_BUILT[field.path];
  if (neutral === undefined || field.source === undefined || neutral.some((value) => value === field.value)) {
    return undefined;
  }
  return unsupported(driver);
};

/** `lifecycle.idle`; `canSuspend` tells whether the driver, on this host, suspends machines that nobody uses. */
export const limitIdle = (driver: DriverName, field: Field, canSuspend: boolean): FieldLimit | undefined => {
  if (field.path !== 'lifecycle.idle') return undefined;
  const { action } = field.value as Partial<IdleValue>;
  if (action === 'suspend') return canSuspend ? undefined : unsupported(driver);
  return unsupported(driver, ' with this action');
};
