// A bundle is one file: a tar under zstd, its manifest first, and around it, where a passphrase was given, age.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { Header, Pax } from 'tar'
import type { CancelSignal } from '../../shared/cancel.ts'
import { manifestPath } from '../../shared/core/bundle/bundlePath.ts'
import { AppError } from '../../shared/errors.ts'
import type { BundleManifest } from '../../shared/core/bundle/manifest.ts'
import { sealedWith, type Seal } from './passphrase.ts'

/** The content of a file of the manifest, in its order. */
export type BundleContent = (path: string) => AsyncIterable<Uint8Array>

/**
 * [B54] Equal manifests and contents give equal bytes. Never holds more than a piece of a file. Throws `stale`, and leaves no
 * file, when a content is not what the manifest says.
 */
export async function writeBundle(
  target: string,
  options: {
    readonly manifest: BundleManifest
    readonly content: BundleContent
    /** Null: it is not encrypted. */
    readonly seal: Seal | null
    readonly signal: CancelSignal
  },
): Promise<void> {
  const { seal } = options
  const tar = Readable.from(tarOf(options), { objectMode: false })
  let cause: unknown = null
  tar.on('error', (error) => (cause = error))
  try {
    const packed = packedOf(tar)
    const parts = seal === null ? packed : await sealedWith(packed, seal)
    await pipeline(parts, createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }))
  } catch (error) {
    await rm(target, { force: true })
    // What crossed a thread on its way is told without its code.
    throw cause ?? error
  }
}

/** An error of what is packed is one of the packed too, and what nobody takes is not made. */
function packedOf(tar: Readable): Readable {
  const packed = createZstdCompress({
    chunkSize: pieceBytes,
    params: { [constants.ZSTD_c_checksumFlag]: 1 },
  })
  tar.on('error', (error) => packed.destroy(error))
  packed.on('close', () => tar.destroy())
  return tar.pipe(packed)
}

async function* tarOf({
  manifest,
  content,
  signal,
}: {
  readonly manifest: BundleManifest
  readonly content: BundleContent
  readonly signal: CancelSignal
}): AsyncGenerator<Uint8Array> {
  const modifiedAt = new Date(manifest.madeAt)
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  yield headerOf(manifestPath, text.byteLength, modifiedAt)
  yield text
  yield paddingOf(text.byteLength)
  for (const file of manifest.files) {
    yield headerOf(file.path, file.sizeBytes, modifiedAt)
    const hash = createHash('sha256')
    let sizeBytes = 0
    for await (const part of content(file.path)) {
      if (signal.aborted) throw new AppError('cancelled', 'The bundle was cancelled.')
      hash.update(part)
      sizeBytes += part.byteLength
      if (sizeBytes > file.sizeBytes) throw changed(file.path)
      yield part
    }
    if (`sha256:${hash.digest('hex')}` !== file.digest) throw changed(file.path)
    yield paddingOf(sizeBytes)
  }
  yield Buffer.alloc(2 * blockBytes)
}

function headerOf(path: string, size: number, mtime: Date): Buffer {
  const fields = { path, size, mtime, mode: 0o600, uid: 0, gid: 0, uname: '', gname: '' }
  const header = new Header({ ...fields, type: 'File' })
  header.encode()
  const block = header.block ?? Buffer.alloc(blockBytes)
  return header.needPax ? Buffer.concat([new Pax({ path, size }).encode(), block]) : block
}

function paddingOf(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes)
}

function changed(path: string): AppError {
  const message = `${path} changed while it was put into the bundle. No bundle was made. Try again, or pause the run first.`
  return new AppError('stale', message, { path })
}

const blockBytes = 512
/** Each goes to the thread that encrypts, and comes back. */
const pieceBytes = 256 * 1024
