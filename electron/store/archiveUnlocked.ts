// Encrypted archives that were opened with their passphrase: what is in them is in memory, and no plain copy is ever on a disk.
import type { RunId } from '../../shared/schema/ids.ts'
import type { RunPlace } from './archivePlaces.ts'
import { openArchiveIn, type Archive } from './archiveReader.ts'
import { sealedError } from './archiveSealed.ts'
import { fileMode, type FileStatus, type OpenFile } from './fileSystem.ts'
import { archivePath } from './layout.ts'
import { readOnlyFile } from './readOnlyFile.ts'

/** What was in an encrypted archive. All threads of a process share its bytes: zeros, once it was locked again. */
export type UnlockedArchive = RunPlace & {
  /** Tells the file that was opened from another one that takes its place. */
  readonly key: string
  readonly bytes: SharedArrayBuffer
  readonly sizeBytes: number
}

export type UnlockedArchives = {
  /** Null where nobody opened the file that has this key. */
  readonly find: (place: RunPlace, key: string) => Promise<Archive | null>
  readonly take: (unlocked: UnlockedArchive) => void
  /** Wipes what was in the archive of a run, or of all. Returns the runs. */
  readonly lock: (run: RunId | null) => readonly RunId[]
  readonly sizeBytes: () => number
}

export function createUnlockedArchives(): UnlockedArchives {
  const held = new Map<RunId, { readonly unlocked: UnlockedArchive; archive: Archive | null }>()
  const lock = (run: RunId | null): readonly RunId[] => {
    const runs = [...held.keys()].filter((one) => run === null || one === run)
    for (const one of runs) {
      const bytes = held.get(one)?.unlocked.bytes
      if (bytes !== undefined) new Uint8Array(bytes).fill(0)
      held.delete(one)
    }
    return runs
  }
  return {
    find: async (place, key) => {
      const found = held.get(place.run)
      if (found === undefined) return null
      if (found.unlocked.key !== key || isWiped(found.unlocked)) {
        lock(place.run)
        return null
      }
      found.archive ??= await openUnlocked(found.unlocked)
      return found.archive
    },
    take: (unlocked) => {
      if (held.get(unlocked.run)?.unlocked.bytes !== unlocked.bytes) lock(unlocked.run)
      held.set(unlocked.run, { unlocked, archive: null })
    },
    lock,
    sizeBytes: () => [...held.values()].reduce((sum, { unlocked }) => sum + unlocked.sizeBytes, 0),
  }
}

/** Tells one file at an archive's place from another. */
export function archiveKey(path: string, status: FileStatus): string {
  return `${path} ${status.inode} ${status.modifiedNs} ${status.sizeBytes}`
}

/** Reads its table of contents out of memory. */
export function openUnlocked(unlocked: UnlockedArchive): Promise<Archive> {
  const path = archivePath(unlocked.day, unlocked.run)
  return openArchiveIn((work) => work(memoryFile(unlocked)), path, unlocked)
}

function memoryFile(unlocked: UnlockedArchive): OpenFile {
  const { run, bytes, sizeBytes } = unlocked
  return readOnlyFile({
    read: async (into, position) => {
      const part = new Uint8Array(bytes, 0, sizeBytes).subarray(
        position,
        position + into.byteLength,
      )
      into.set(part)
      // What was wiped while it was copied is no damage.
      if (isWiped(unlocked)) throw sealedError(run)
      return part.byteLength
    },
    status: async () => ({ ...memoryStatus, sizeBytes }),
    close: async () => undefined,
  })
}

/** The mark at the start of an archive is not zero. */
function isWiped({ bytes }: UnlockedArchive): boolean {
  return new Uint8Array(bytes)[0] === 0
}

const memoryStatus: FileStatus = {
  kind: 'file',
  sizeBytes: 0,
  mode: fileMode,
  uid: 0,
  gid: 0,
  inode: 0n,
  modifiedNs: 0n,
  changedNs: 0n,
}
