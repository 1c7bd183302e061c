import { expect, test } from 'vitest';
import { orderModules } from '../../src/images/kernel-modules.ts';

const MODULES_DEP = `kernel/fs/ext4/ext4.ko: kernel/lib/crc16.ko kernel/fs/mbcache.ko kernel/fs/jbd2/jbd2.ko
kernel/fs/jbd2/jbd2.ko:
kernel/fs/mbcache.ko:
kernel/lib/crc16.ko:
kernel/drivers/virtio/virtio.ko:
kernel/drivers/virtio/virtio_ring.ko:
kernel/drivers/block/virtio-blk.ko: kernel/drivers/virtio/virtio_ring.ko kernel/drivers/virtio/virtio.ko
kernel/sound/soundcore.ko:
`;

test('each module comes after what it needs, once, and nothing else comes', () => {
  expect(orderModules(MODULES_DEP, ['virtio_blk', 'ext4', 'virtio'])).toEqual([
    'kernel/drivers/virtio/virtio_ring.ko',
    'kernel/drivers/virtio/virtio.ko',
    'kernel/drivers/block/virtio-blk.ko',
    'kernel/lib/crc16.ko',
    'kernel/fs/mbcache.ko',
    'kernel/fs/jbd2/jbd2.ko',
    'kernel/fs/ext4/ext4.ko',
  ]);
});

test('a module that is not there is built in', () => {
  expect(orderModules(MODULES_DEP, ['virtio_pci', 'crc16'])).toEqual(['kernel/lib/crc16.ko']);
});
