/** One line of /proc/PID/mountinfo (proc(5)). */
export type Mount = {
  readonly id: number;
  readonly mountPoint: string;
  /** Per-mount options, for example `ro`, `nosuid`, `relatime`. */
  readonly options: readonly string[];
};

const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_match, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Paths are bytes to the kernel; it escapes blanks, tabs, newlines and backslashes in octal. */
export const parseMountTable = (text: string): readonly Mount[] =>
  text.split('\n').flatMap((line) => {
    const [id, , , , mountPoint, options] = line.split(' ');
    return mountPoint === undefined || options === undefined
      ? []
      : [{ id: Number(id), mountPoint: unescapeOctal(mountPoint), options: options.split(',') }];
  });

/** The uppermost mount at exactly this path. */
export const mountAt = (mounts: readonly Mount[], path: string): Mount | undefined =>
  mounts.findLast((mount) => mount.mountPoint === path);

/** Flags that an unprivileged remount must repeat, since it may not clear them (mount_namespaces(7), locked flags). */
const KEPT_FLAGS = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'nosymfollow'];

/** Options that make a bind mount read-only and leave its other flags as they are. */
export const readOnlyRemount = (mount: Mount): string =>
  ['remount', 'bind', 'ro', ...mount.options.filter((option) => KEPT_FLAGS.includes(option))].join(',');
