import { open } from 'node:fs/promises'
import { bundlePieceBytes } from '../../../shared/contract/bundles.ts'
import type { CallOutput, HandlerInput } from '../../../shared/contract/contract.ts'
import type { ServiceContext } from '../context.ts'
import { requireBundleDesk } from './requireBundleDesk.ts'

export async function readBundlePiece(
  context: ServiceContext,
  { download, offset }: HandlerInput<'bundle.read'>,
): Promise<CallOutput<'bundle.read'>> {
  const desk = requireBundleDesk(context)
  const { path } = desk.find('download', download)
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const piece = Buffer.alloc(Math.max(0, Math.min(bundlePieceBytes, size - offset)))
    const { bytesRead } = await file.read(piece, 0, piece.byteLength, offset)
    const next = offset + bytesRead
    const bytes = piece.toString('base64', 0, bytesRead)
    if (next < size) return { bytes, nextOffset: next, sizeBytes: size }
    await desk.remove(download)
    return { bytes, nextOffset: null, sizeBytes: size }
  } finally {
    await file.close()
  }
}
