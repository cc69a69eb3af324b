import { statfs } from 'node:fs/promises'

/**
 * Whether a folder is known to lie on a disk of this machine. One behind a network may not answer for minutes, however
 * quick it was before. Only Linux tells; elsewhere, and of a file system that is not on the list, nothing is known.
 */
export async function isOnLocalDisk(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const [status] = await Promise.allSettled([statfs(folder)])
  return status.status === 'fulfilled' && localTypes.has(status.value.type)
}

// From linux/magic.h: ext2 to ext4, XFS, Btrfs, F2FS, ZFS, bcachefs, tmpfs, overlayfs.
const localTypes: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0xca451a4e, 0x01021994, 0x794c7630,
])
