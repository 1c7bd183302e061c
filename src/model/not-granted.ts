import { AgentvmError, ExitCode } from './errors.ts';
import type { Share } from './share.ts';

/** What a share's path leads to now is not what was granted. */
export const notGrantedError = ({ hostPath, guestPath }: Share, target: string): AgentvmError =>
  new AgentvmError({
    code: 'MOUNT_NOT_GRANTED',
    exitCode: ExitCode.approvalMissing,
    message: `The mount source '${hostPath}' for ${guestPath} leads to ${target}, which was not granted`,
    hint: 'See with `agentvm plan` what it asks for; `agentvm apply` asks you.',
  });
