import { AgentvmError, ExitCode } from '../model/errors.ts';

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota of the disk is used up',
  EROFS: 'the file system is read-only',
};

const reasonOf = (error: unknown): string | undefined => {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof Error && !(error instanceof AgentvmError) ? CODES[code ?? ''] : undefined;
};

/** Whether a system call failed because nothing more can be written: ENOSPC, EDQUOT, EROFS (errno(3)). */
export const isDiskFull = (error: unknown): boolean => reasonOf(error) !== undefined;

/** Such an error as a person can act on it; every other one as it is. */
export const asDiskFull = (error: unknown): unknown => {
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  const { path } = error as NodeJS.ErrnoException;
  return new AgentvmError({
    code: 'DISK_FULL',
    exitCode: ExitCode.applyFailed,
    message: `${path === undefined ? 'A file' : path} cannot be written: ${reason}`,
    hint:
      (error as NodeJS.ErrnoException).code === 'EROFS'
        ? 'Set XDG_STATE_HOME and XDG_DATA_HOME to folders that can be written.'
        : 'Free some space in ~/.local/state and ~/.local/share (or where XDG_STATE_HOME and XDG_DATA_HOME are): `agentvm list` shows machines that `agentvm rm` can delete.',
    cause: error,
  });
};
