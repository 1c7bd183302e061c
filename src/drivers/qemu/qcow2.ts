import { type FileHandle, open } from 'node:fs/promises';
import { AgentvmError } from '../../model/errors.ts';
import type { DiskSnapshot } from '../../model/snapshot.ts';

/*
 * Reads the tables of a qcow2 disk (docs/interop/qcow2 of QEMU), since no tool tells what one snapshot takes. A running
 * QEMU may write them at the same time, so what comes out is an estimate; nothing is ever written here.
 */

const MAGIC = 0x514649fb;
const HEADER_BYTES = 72;
const SNAPSHOT_HEADER_BYTES = 40;
const ENTRY_BYTES = 8;
/** Bits 9 to 55 of an entry of either table are an offset in the file. */
const OFFSET_MASK = 0x00fffffffffffe00n;
const COMPRESSED = 1n << 62n;
const CLUSTER_BITS = { least: 9, most: 21 };
/** QEMU's own limits: 32 MiB of first-level table, 65,536 snapshots; far beyond what a machine of ours has. */
const L1_LIMIT = 4 * 2 ** 20;
const SNAPSHOTS_LIMIT = 1024;

type View = { readonly l1Offset: number; readonly l1Entries: number };
type Layout = {
  readonly clusterBytes: number;
  readonly active: View;
  /** Oldest first. */
  readonly snapshots: readonly (View & { readonly name: string })[];
};

const damaged = (what: string): AgentvmError =>
  new AgentvmError({
    code: 'DISK_DAMAGED',
    message: `The root disk's ${what} makes no sense`,
    hint: 'Look at it with `qemu-img check`; `agentvm rm` and `agentvm apply` make a new machine.',
  });

const readAt = async (handle: FileHandle, offset: number, length: number): Promise<Buffer> => {
  if (!Number.isSafeInteger(offset)) throw damaged('table');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
};

const readSnapshots = async (
  handle: FileHandle,
  offset: number,
  count: number,
): Promise<Layout['snapshots']> => {
  if (count > SNAPSHOTS_LIMIT) throw damaged('number of snapshots');
  const found: (View & { name: string })[] = [];
  let at = offset;
  for (let index = 0; index < count; index++) {
    const head = await readAt(handle, at, SNAPSHOT_HEADER_BYTES);
    if (head.length < SNAPSHOT_HEADER_BYTES) throw damaged('table of snapshots');
    const idBytes = head.readUInt16BE(12);
    const nameBytes = head.readUInt16BE(14);
    const extraBytes = head.readUInt32BE(36);
    const name = await readAt(handle, at + SNAPSHOT_HEADER_BYTES + extraBytes + idBytes, nameBytes);
    found.push({
      name: name.toString('utf8'),
      l1Offset: Number(head.readBigUInt64BE(0)),
      l1Entries: head.readUInt32BE(8),
    });
    const length = SNAPSHOT_HEADER_BYTES + extraBytes + idBytes + nameBytes;
    at += Math.ceil(length / ENTRY_BYTES) * ENTRY_BYTES;
  }
  return found;
};

const readLayout = async (handle: FileHandle): Promise<Layout> => {
  const head = await readAt(handle, 0, HEADER_BYTES);
  if (head.length < HEADER_BYTES || head.readUInt32BE(0) !== MAGIC) throw damaged('header');
  const clusterBits = head.readUInt32BE(20);
  if (clusterBits < CLUSTER_BITS.least || clusterBits > CLUSTER_BITS.most) throw damaged('cluster size');
  return {
    clusterBytes: 2 ** clusterBits,
    active: { l1Entries: head.readUInt32BE(36), l1Offset: Number(head.readBigUInt64BE(40)) },
    snapshots: await readSnapshots(handle, Number(head.readBigUInt64BE(64)), head.readUInt32BE(60)),
  };
};

/** The clusters of the file, each marked once something refers to it. */
type Marks = { readonly seen: Uint8Array; readonly clusterBytes: number };

/** Marks what a view refers to and returns how many bytes of it nothing before had marked. */
const mark = async (handle: FileHandle, { l1Offset, l1Entries }: View, marks: Marks): Promise<number> => {
  if (l1Entries > L1_LIMIT) throw damaged('first-level table');
  const { seen, clusterBytes } = marks;
  let clusters = 0;
  const add = (offset: bigint): boolean => {
    const index = Number(offset) / clusterBytes;
    if (offset === 0n || index >= seen.length || seen[index] === 1) return false;
    seen[index] = 1;
    clusters++;
    return true;
  };
  const l1 = await readAt(handle, l1Offset, l1Entries * ENTRY_BYTES);
  for (let at = 0; at + ENTRY_BYTES <= l1.length; at += ENTRY_BYTES) {
    const tableOffset = l1.readBigUInt64BE(at) & OFFSET_MASK;
    // A table that another view has marked is the same all the way down.
    if (!add(tableOffset)) continue;
    const l2 = await readAt(handle, Number(tableOffset), clusterBytes);
    for (let entry = 0; entry + ENTRY_BYTES <= l2.length; entry += ENTRY_BYTES) {
      const value = l2.readBigUInt64BE(entry);
      // Our disks have no compressed clusters; what a layer brings lies in another file.
      if (value !== 0n && (value & COMPRESSED) === 0n) add(value & OFFSET_MASK);
    }
  }
  return clusters * clusterBytes;
};

export type DiskUse = {
  /** What the disk as it is now takes, without what only snapshots refer to. */
  readonly activeBytes: number;
  /** Oldest first. */
  readonly snapshots: readonly DiskSnapshot[];
};

const measure = async (handle: FileHandle): Promise<DiskUse> => {
  const { active, snapshots, clusterBytes } = await readLayout(handle);
  const { size } = await handle.stat();
  const marks: Marks = { seen: new Uint8Array(Math.ceil(size / clusterBytes)), clusterBytes };
  const activeBytes = await mark(handle, active, marks);
  // From the newest on: what is left for the oldest is what its deletion alone frees.
  const sized: DiskSnapshot[] = [];
  for (const one of snapshots.toReversed()) {
    sized.unshift({ name: one.name, sizeBytes: await mark(handle, one, marks) });
  }
  return { activeBytes, snapshots: sized };
};

/** What a disk and its snapshots take, also while a machine runs on it. */
export const readDiskUse = async (path: string): Promise<DiskUse> => {
  const handle = await open(path, 'r');
  try {
    return await measure(handle);
  } finally {
    await handle.close();
  }
};
