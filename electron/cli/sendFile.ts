// Files between this command and the host, in pieces: a bundle may be larger than the memory.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { bundlePieceBytes } from '../../shared/contract/bundles.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Pieces } from './writePieces.ts'

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

/** A bundle that was made at the host. */
export async function* piecesOfBundle(
  client: Client,
  made: CallOutput<'bundle.export.apply'>,
): Pieces<CallOutput<'bundle.export.apply'>, Uint8Array> {
  for (let offset: number | null = 0; offset !== null;) {
    const piece: CallOutput<'bundle.read'> = await client.call('bundle.read', {
      download: made.download,
      offset,
    })
    yield Buffer.from(piece.bytes, 'base64')
    offset = piece.nextOffset
  }
  return made
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
