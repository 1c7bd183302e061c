/**
 * One argument as a POSIX shell reads it back: ssh joins a remote command's words and hands them to the guest's
 * shell, so each must be quoted exactly once (POSIX.1-2017, Shell Command Language, 2.2.2 Single-Quotes).
 * @throws RangeError for a NUL, which no argument can hold.
 */
export const quotePosix = (argument: string): string => {
  if (argument.includes('\0')) throw new RangeError('an argument cannot contain a NUL character');
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
};
