import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Desired } from '../model/machine.ts';
import { printable } from '../ui/printable.ts';

/**
 * Refuses the id of a grant that no manifest asks for: a slip would pass for an approval.
 * @throws AgentvmError GRANT_UNKNOWN (exit 3) naming what they ask for.
 */
export const refuseUnknownGrants = async (
  desired: readonly Desired[],
  named: readonly string[],
): Promise<void> => {
  if (named.length === 0) return;
  const { grantsAskedBy } = await import('../engine/grants.ts');
  const known = [...new Set((await Promise.all(desired.map(grantsAskedBy))).flat().map(({ id }) => id))];
  const unknown = named.filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw new AgentvmError({
    code: 'GRANT_UNKNOWN',
    exitCode: ExitCode.usage,
    message: `nothing in the manifest asks for ${unknown.map((id) => `'${printable(id)}'`).join(', ')}`,
    hint:
      known.length === 0
        ? 'It asks for nothing that needs a grant; leave --grant out.'
        : `It asks for: ${known.map(printable).join(', ')}`,
  });
};
