// An archive that is encrypted: an archive of one file, which is the archive of the run in the hands of a cipher. The store knows
// none: whoever has the passphrase brings it along.
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { damagedArchive } from './archiveContents.ts'
import type { RunPlace } from './archivePlaces.ts'
import { openArchive, partsOf, type Archive } from './archiveReader.ts'
import { removeFile } from './atRest.ts'
import { temporaryPath } from './atomicWrite.ts'
import { readRange, writeAll } from './files.ts'
import { archivePath } from './layout.ts'
import { absolute, adoptOwner } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

export type ArchiveCipher = {
  readonly encrypt: (plain: Readable) => Promise<Readable>
  /** Throws `invalid-input` for a wrong passphrase. */
  readonly decrypt: (sealed: Readable) => Promise<Readable>
}

export type ArchiveSeal = ArchiveCipher & {
  /** What may be read of it without the passphrase: the start of a head, through the line of its summary. */
  readonly clear: Uint8Array
}

export function isSealed({ contents }: Pick<Archive, 'contents'>): boolean {
  return contents.version === 2
}

/** Whoever wants to read a run of which only the row is known. */
export function sealedError(run: RunId): AppError {
  const message = `Run ${run} is in the archive and encrypted: its passphrase is needed. Read it: unstuck show ${run} --passphrase-file -. Bring it back: unstuck unarchive ${run} --passphrase-file -`
  return new AppError('invalid-input', message, { run, archived: true, needs: 'passphrase' })
}

/** The plain archive in a new file beside it; returns that file, relative to the root. Nothing of it is synced. */
export async function sealFile(
  context: StoreContext,
  place: RunPlace,
  options: { readonly plain: string; readonly cipher: ArchiveCipher },
): Promise<string> {
  const content = await options.cipher.encrypt(contentOf(context, options.plain))
  return writeBeside(context, place, content)
}

/** Opens what is in an encrypted archive. The plain copy of it stays until `close`. */
export async function unseal(
  context: StoreContext,
  place: RunPlace,
  { archive, cipher }: { readonly archive: Archive; readonly cipher: ArchiveCipher | undefined },
): Promise<{ readonly archive: Archive; readonly close: () => Promise<void> }> {
  const [file] = archive.contents.files
  if (file === undefined) throw damagedArchive(archive.path, 'nothing is in it')
  if (cipher === undefined) throw sealedError(place.run)
  const plain = await writeBeside(
    context,
    place,
    await cipher.decrypt(Readable.from(partsOf(archive, file))),
  )
  const close = (): Promise<void> => removeFile(context, plain)
  try {
    return { archive: await openArchive(context, plain, place), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function writeBeside(
  context: StoreContext,
  { run, day }: RunPlace,
  content: Readable,
): Promise<string> {
  const target = absolute(context, archivePath(day, run))
  const path = temporaryPath(context, target)
  const relative = `${dirname(archivePath(day, run))}/${path.slice(dirname(target).length + 1)}`
  try {
    const file = await context.fileSystem.open(path, 'create')
    try {
      for await (const part of content) await writeAll(file, part as Uint8Array) // a stream of bytes
      await adoptOwner(context, path, dirname(path))
    } finally {
      await file.close()
    }
    return relative
  } catch (error) {
    content.destroy()
    await Promise.allSettled([removeFile(context, relative)])
    throw error
  }
}

function contentOf(context: StoreContext, relative: string): Readable {
  return Readable.from(
    (async function* () {
      const file = await context.fileSystem.open(absolute(context, relative), 'read')
      try {
        const { sizeBytes } = await file.status()
        for (let at = 0; at < sizeBytes; at += pieceBytes)
          yield await readRange(file, at, Math.min(pieceBytes, sizeBytes - at))
      } finally {
        await file.close()
      }
    })(),
  )
}

const pieceBytes = 1024 * 1024
