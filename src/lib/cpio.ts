/**
 * One entry of a cpio archive. Paths are relative, without a leading slash; parents of a file are entries of their own
 * and come first.
 */
export type CpioEntry =
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly content: Uint8Array }
  | { readonly kind: 'folder'; readonly path: string; readonly mode: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | {
      readonly kind: 'character-device';
      readonly path: string;
      readonly mode: number;
      readonly major: number;
      readonly minor: number;
    };

const TYPE_BITS = { file: 0o100000, folder: 0o040000, link: 0o120000, 'character-device': 0o020000 } as const;
const LINK_MODE = 0o777;
const TRAILER = 'TRAILER!!!';
const ALIGNMENT = 4;

const padding = (length: number): Buffer => Buffer.alloc((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT);

const contentOf = (entry: CpioEntry): Uint8Array => {
  switch (entry.kind) {
    case 'file':
      return entry.content;
    case 'link':
      return Buffer.from(entry.target);
    case 'folder':
    case 'character-device':
      return Buffer.alloc(0);
  }
};

type Header = {
  readonly inode: number;
  readonly mode: number;
  readonly links: number;
  readonly size: number;
  readonly major: number;
  readonly minor: number;
  readonly name: string;
};

/** Header, name and padding as Documentation/driver-api/early-userspace/buffer-format.rst of Linux lays them out. */
const encodeHeader = (header: Header): Buffer => {
  const name = Buffer.from(`${header.name}\0`);
  const fields = [
    header.inode,
    header.mode,
    0, // uid
    0, // gid
    header.links,
    0, // mtime: the same content gives the same bytes
    header.size,
    0, // major and minor of the device the file lies on
    0,
    header.major,
    header.minor,
    name.length,
    0, // checksum, unused in this format
  ];
  const head = Buffer.concat([
    Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`, 'ascii'),
    name,
  ]);
  return Buffer.concat([head, padding(head.length)]);
};

/**
 * An archive in the `newc` format, which Linux unpacks as an initramfs; everything belongs to root. Its length is a
 * multiple of 4, so that archives can simply be joined.
 * @throws RangeError for a path that is empty, absolute or climbs.
 */
export const encodeCpio = (entries: readonly CpioEntry[]): Buffer => {
  const parts = entries.flatMap((entry, index) => {
    if (entry.path === '' || entry.path.startsWith('/') || entry.path.split('/').includes('..')) {
      throw new RangeError(`'${entry.path}' is no path for an archive`);
    }
    const content = contentOf(entry);
    const permissions = entry.kind === 'link' ? LINK_MODE : entry.mode;
    const device = entry.kind === 'character-device' ? entry : { major: 0, minor: 0 };
    return [
      encodeHeader({
        inode: index + 1,
        mode: TYPE_BITS[entry.kind] | permissions,
        links: entry.kind === 'folder' ? 2 : 1,
        size: content.length,
        major: device.major,
        minor: device.minor,
        name: entry.path,
      }),
      content,
      padding(content.length),
    ];
  });
  const trailer = encodeHeader({ inode: 0, mode: 0, links: 1, size: 0, major: 0, minor: 0, name: TRAILER });
  return Buffer.concat([...parts, trailer]);
};
