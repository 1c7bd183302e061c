import { AgentvmError } from '../../model/errors.ts';
import type { Launch } from '../protocol-files.ts';

/** @throws AgentvmError SHARES_FIXED where shares would change that only a start can change. */
export const refuseShareChange = (before: Launch, after: Launch): void => {
  if (JSON.stringify(before.shares) === JSON.stringify(after.shares)) return;
  throw new AgentvmError({
    code: 'SHARES_FIXED',
    message: 'The mounts of this machine cannot change while it runs, for want of its user namespaces',
    hint: 'Run `agentvm restart`; `agentvm doctor` shows whether this host allows user namespaces.',
  });
};
