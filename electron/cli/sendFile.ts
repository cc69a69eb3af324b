// Files between this command and the host, in pieces: a bundle may be larger than the memory.
import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { bundlePieceBytes } from '../../shared/contract/bundles.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'

/** Returns what the host knows it by. */
export async function sendFile(client: Client, path: string): Promise<string> {
  const file = await openToRead(path)
  try {
    let upload: string | null = null
    for (let offset = 0; ;) {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(bundlePieceBytes),
        0,
        bundlePieceBytes,
        offset,
      )
      if (bytesRead === 0 && upload !== null) return upload
      const bytes = buffer.toString('base64', 0, bytesRead)
      const sent: CallOutput<'bundle.receive'> = await client.call('bundle.receive', {
        upload,
        name: basename(path),
        offset,
        bytes,
      })
      upload = sent.upload
      offset = sent.sizeBytes
      if (bytesRead === 0) return upload
    }
  } finally {
    await file.close()
  }
}

/** Written beside, checked, and only then in its place. A file that is there is not replaced. */
export async function fetchFile(
  client: Client,
  made: CallOutput<'bundle.export.apply'>,
  path: string,
): Promise<void> {
  const temporary = `${path}.${process.pid}.part`
  const target = await open(path, 'wx', 0o600).catch((error: unknown) => refuse(error, path))
  await target.close()
  const file = await open(temporary, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    for (let offset: number | null = 0; offset !== null;) {
      const piece: CallOutput<'bundle.read'> = await client.call('bundle.read', {
        download: made.download,
        offset,
      })
      const bytes = Buffer.from(piece.bytes, 'base64')
      hash.update(bytes)
      await file.writeFile(bytes)
      offset = piece.nextOffset
    }
    await file.sync()
    if (`sha256:${hash.digest('hex')}` !== made.digest)
      throw new AppError('io', `${path} did not arrive whole. Nothing was kept. Try again.`)
    await rename(temporary, path)
  } catch (error) {
    await Promise.allSettled([rm(temporary, { force: true }), rm(path, { force: true })])
    throw error
  } finally {
    await file.close()
  }
}

function refuse(error: unknown, path: string): never {
  const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
  const message = isThere
    ? `${path} is there already, and is not replaced. Name another file with -o.`
    : `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`
  throw new AppError(isThere ? 'invalid-input' : 'io', message, { path }, { cause: error })
}

async function openToRead(path: string) {
  try {
    return await open(path, 'r')
  } catch (error) {
    throw new AppError(
      'not-found',
      `There is no file ${path} that can be read.`,
      { path },
      { cause: error },
    )
  }
}
