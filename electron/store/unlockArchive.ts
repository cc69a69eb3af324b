// Decrypts an archive into memory, where it is read as any other.
import { Readable } from 'node:stream'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { damagedArchive } from './archiveContents.ts'
import type { RunPlace } from './archivePlaces.ts'
import { openArchive, partsOf } from './archiveReader.ts'
import { isSealed, type ArchiveCipher } from './archiveSealed.ts'
import { archiveKey, openUnlocked, type UnlockedArchive } from './archiveUnlocked.ts'
import { findArchived, type ArchiveMemory } from './archiveView.ts'
import type { Days } from './days.ts'
import { archivePath } from './layout.ts'
import { statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/**
 * Null where the run is not in the archive, or not encrypted there. Throws `invalid-input` for a
 * wrong passphrase, and where it is larger than what may be held with all that is open already.
 */
export async function unlockArchive(
  context: StoreContext,
  memory: { readonly days: Days; readonly archives: ArchiveMemory },
  { run, cipher }: { readonly run: RunId; readonly cipher: ArchiveCipher },
): Promise<UnlockedArchive | null> {
  const { unlocked } = memory.archives
  const place = await findArchived(context, run, await memory.days.find(run))
  if (place === null) return null
  const opened = await decrypted(context, place, { cipher, heldBytes: unlocked.sizeBytes() })
  if (opened !== null) unlocked.take(opened)
  return opened
}

async function decrypted(
  context: StoreContext,
  place: RunPlace,
  { cipher, heldBytes }: { readonly cipher: ArchiveCipher; readonly heldBytes: number },
): Promise<UnlockedArchive | null> {
  const path = archivePath(place.day, place.run)
  const status = await statusOf(context, path)
  const sealed = status === null ? null : await openArchive(context, path, place)
  if (status === null || sealed === null || !isSealed(sealed)) return null
  const [file] = sealed.contents.files
  if (file === undefined) throw damagedArchive(path, 'nothing is in it')
  if (heldBytes + file.sizeBytes > mostBytes) throw tooLarge(place.run, file.sizeBytes)
  const bytes = new SharedArrayBuffer(file.sizeBytes)
  try {
    const plain = await cipher.decrypt(Readable.from(partsOf(sealed, file)))
    const sizeBytes = await fill(new Uint8Array(bytes), plain, path)
    const { run, day } = place
    const unlocked = { run, day, key: archiveKey(path, status), bytes, sizeBytes }
    if (isSealed(await openUnlocked(unlocked)))
      throw damagedArchive(path, 'what is encrypted in it is encrypted again')
    return unlocked
  } catch (error) {
    new Uint8Array(bytes).fill(0)
    throw error
  }
}

async function fill(bytes: Uint8Array, plain: Readable, path: string): Promise<number> {
  let filled = 0
  for await (const part of plain as AsyncIterable<Uint8Array>) {
    if (filled + part.byteLength > bytes.byteLength)
      throw damagedArchive(path, 'more is in it than it says')
    bytes.set(part, filled)
    filled += part.byteLength
    part.fill(0)
  }
  return filled
}

function tooLarge(run: RunId, sizeBytes: number): AppError {
  const message = `Run ${run} takes ${megabytes(sizeBytes)} MB in the archive, and at most ${megabytes(mostBytes)} MB of encrypted runs are opened in memory together. Lock others again, or bring it back: unstuck unarchive ${run} --passphrase-file -`
  return new AppError('invalid-input', message, { run, sizeBytes })
}

function megabytes(sizeBytes: number): number {
  return Math.ceil(sizeBytes / 2 ** 20)
}

const mostBytes = 512 * 2 ** 20
