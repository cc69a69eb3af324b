// Reads a bundle as the work of a stranger: into a folder of its own, only names that a bundle of ours has, within limits.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { Parser, type ReadEntry } from 'tar'
import type { CancelSignal } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import type { BundleManifest } from '../../shared/core/bundle/manifest.ts'
import { manifestPath } from '../../shared/core/bundle/bundlePath.ts'
import { readManifest } from './readManifest.ts'
import { bundleLimits, type BundleLimits } from './limits.ts'
import { isSealed, openedWith, sealMarkBytes } from './passphrase.ts'
import { notABundle, refusedEntry } from './bundleErrors.ts'
import { createStaging, type Staging } from './staging.ts'

/** A file that is not there as the manifest says, and why. */
export type BundleDamage = { readonly file: string; readonly problem: string }

export type BundleReading = {
  readonly manifest: BundleManifest
  readonly sealed: boolean
  readonly damage: readonly BundleDamage[]
}

export type ReadBundleOptions = {
  readonly passphrase: string | null
  /** An empty folder: every whole file of the bundle is put there, at its place in a workspace. */
  readonly folder: string
  readonly limits?: BundleLimits
  readonly signal: CancelSignal
}

/**
 * [B55] Damage costs what is damaged: what came whole before it is there, and each other file is named. [B56] What breaks a
 * rule (a name, a link, a limit) refuses the bundle whole, with `corrupt`.
 */
export async function readBundle(path: string, options: ReadBundleOptions): Promise<BundleReading> {
  const { limits = bundleLimits, signal } = options
  const sealed = isSealed(await readStart(path))
  const source = createReadStream(path, { highWaterMark: pieceBytes })
  const reader = createReader(options.folder, limits)
  try {
    const content = sealed ? await openedWith(source, options.passphrase) : source
    const end = await pour(content, { source, reader, limits, signal })
    return { ...(await reader.finish(end)), sealed }
  } finally {
    source.destroy()
    await reader.drop()
  }
}

/** Whether a file is a bundle, encrypted or not, by how it begins. */
export async function looksLikeBundle(path: string): Promise<boolean> {
  const start = await readStart(path)
  return isSealed(start) || Buffer.from(start.subarray(0, 4)).equals(zstdMark)
}

async function readStart(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sealMarkBytes), 0, sealMarkBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

type Reader = {
  readonly take: (piece: Buffer) => Promise<void>
  readonly finish: (end: string | null) => Promise<Omit<BundleReading, 'sealed'>>
  readonly drop: () => Promise<void>
}

/** Gives all that can be decompressed to the reader; resolves with why it ended early, or null. */
async function pour(
  content: Readable,
  options: {
    readonly source: { readonly bytesRead: number }
    readonly reader: Reader
    readonly limits: BundleLimits
    readonly signal: CancelSignal
  },
): Promise<string | null> {
  const { source, reader, limits, signal } = options
  const plain = content
    .on('error', (error) => plain.destroy(error))
    .pipe(createZstdDecompress({ chunkSize: pieceBytes }))
  let total = 0
  try {
    for await (const piece of plain as AsyncIterable<Buffer>) {
      if (signal.aborted) throw new AppError('cancelled', 'Opening the bundle was cancelled.')
      total += piece.byteLength
      const isBomb = total > limits.freeBytes && total > limits.ratio * source.bytesRead
      if (isBomb || total > limits.totalBytes + limits.manifestBytes)
        throw refused('it becomes far larger than its own size, or than a bundle may be')
      await reader.take(piece)
    }
    return null
  } catch (error) {
    if (error instanceof AppError) throw error
    return error instanceof Error ? error.message : String(error)
  } finally {
    plain.destroy()
  }
}

function createReader(folder: string, limits: BundleLimits): Reader {
  const parser = new Parser({ strict: true, zstd: false, maxMetaEntrySize: 16 * 1024 })
  let staging: Staging | null = null
  let manifestText: Buffer[] = []
  let failure: Error | null = null
  let isFirst = true
  let begun = Buffer.alloc(0)

  parser.on('error', (error: Error) => (failure ??= error))
  // What the library passes over (sparse files, other vendors' kinds, long headers) is not passed over here.
  parser.on('ignoredEntry', ({ path, type }: ReadEntry) => {
    failure ??= refusedEntry(path, `is no plain file but a ${type}`)
  })
  parser.on('entry', (entry: ReadEntry) => {
    try {
      if (isFirst) takeManifest(entry)
      else if (failure === null && staging !== null) staging.begin(entry)
      else entry.resume()
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error))
      entry.resume()
    }
  })

  function takeManifest(entry: ReadEntry): void {
    isFirst = false
    if (entry.type !== 'File' || entry.path !== manifestPath) throw notABundle()
    if (entry.size > limits.manifestBytes) throw refused('its manifest is too large')
    entry.on('data', (piece: Buffer) => void manifestText.push(Buffer.from(piece)))
    entry.on('end', () => {
      try {
        staging = createStaging(folder, readManifest(manifestText, limits))
        manifestText = []
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error))
      }
    })
  }

  async function take(piece: Buffer): Promise<void> {
    if (begun.byteLength < manifestPath.length) {
      // The parser would take a compressed content for another archive: ours begins with a name.
      begun = Buffer.concat([begun, piece.subarray(0, manifestPath.length)])
      if (begun.byteLength >= manifestPath.length) requireOurs(begun)
    }
    parser.write(piece)
    if (failure instanceof AppError) throw failure
    await staging?.settle()
    if (failure !== null) throw failure
  }

  return {
    take,
    finish: async (end) => {
      if (staging === null) {
        if (failure instanceof AppError) throw failure
        throw end === null ? notABundle() : unreadable(end)
      }
      return staging.finish(end)
    },
    drop: async () => staging?.drop(),
  }
}

function requireOurs(begun: Buffer): void {
  if (begun.subarray(0, manifestPath.length).toString('latin1') !== manifestPath) throw notABundle()
}

function refused(why: string): AppError {
  return new AppError('corrupt', `The bundle is refused: ${why}. Nothing of it was kept.`)
}

function unreadable(why: string): AppError {
  return new AppError('corrupt', `Nothing of the bundle can be read: ${why}.`)
}

const zstdMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
const pieceBytes = 64 * 1024
