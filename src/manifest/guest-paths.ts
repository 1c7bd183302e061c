import { isWithin } from '../lib/is-within.ts';

/** What the guest's system lives in: nothing of the host may take its place, nor stand in it. */
const SYSTEM_FOLDERS = [
  ...[
    '/bin',
    '/boot',
    '/dev',
    '/etc',
    '/lib',
    '/lib32',
    '/lib64',
    '/libx32',
    '/proc',
    '/run',
    '/sbin',
    '/sys',
  ],
  ...[
    '/usr',
    '/opt/agentvm',
    '/var/cache/apt',
    '/var/lib/apt',
    '/var/lib/dpkg',
    '/var/lib/systemd',
    '/var/run',
  ],
];

/** Folders that may hold something of the host, but not be it. */
const SHARED_FOLDERS = [
  '/',
  '/home',
  '/opt',
  '/root',
  '/srv',
  '/tmp',
  '/var',
  '/var/cache',
  '/var/lib',
  '/var/log',
];

/** A guest path without a slash at its end. */
export const normalizeGuestPath = (path: string): string => path.replace(/\/+$/, '') || '/';

/** The system folder that a path would hide or change, or undefined. */
export const systemFolderOf = (path: string): string | undefined =>
  SHARED_FOLDERS.includes(path) ? path : SYSTEM_FOLDERS.find((folder) => isWithin(folder, path));
