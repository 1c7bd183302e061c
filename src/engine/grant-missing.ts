import { quotePosix } from '../lib/quote.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Grant } from '../model/grant.ts';
import type { Plan } from '../model/plan.ts';

/** The options that give the word for grants, as they are typed into a shell. */
export const grantOptions = (grants: readonly Pick<Grant, 'id'>[]): string =>
  grants.map(({ id }) => `--grant ${quotePosix(id)}`).join(' ');

/**
 * What a manifest asks of the host lacks a person's word.
 * @param options what else the command needs, for example `--yes`.
 * @param command what the person runs.
 */
export const grantMissingError = (
  plan: Plan,
  missing: readonly Grant[],
  options = '',
  command = 'agentvm apply',
): AgentvmError =>
  new AgentvmError({
    code: 'GRANT_MISSING',
    exitCode: ExitCode.approvalMissing,
    message: `${plan.manifest.path} asks for more of this host than its own folder: ${missing.map(({ id }) => id).join(', ')}`,
    details: missing.map(({ id, text }) => `${id}: ${text}`),
    hint: `If that is what you want, run: ${command} ${options}${options === '' ? '' : ' '}${grantOptions(missing)}`,
  });
