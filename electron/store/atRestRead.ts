// Reads a head or journal that is compressed in place; what is damaged is read up to the damage.
import { AppError } from '../../shared/errors.ts'
import { decompressAll, decompressStart } from './compressZstd.ts'
import { digestInTurns } from './digestInTurns.ts'
import { encodeText } from './files.ts'
import { compressedPath } from './layout.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'

export type AtRest = {
  readonly bytes: Uint8Array
  /** Of the decompressed bytes: a run has one revision, however it lies on the disk. */
  readonly rev: string
  readonly isDamaged: boolean
}

/** Null when there is no compressed file of this head or journal. Throws `corrupt` only for what would become too large. */
export async function readAtRest(context: StoreContext, path: string): Promise<AtRest | null> {
  const packed = compressedPath(path)
  const stored = await readDocumentOrNull(context, packed)
  if (stored === null) return null
  const [whole] = await Promise.allSettled([decompressAll(stored.bytes, packed)])
  if (whole?.status === 'fulfilled') return atRest(whole.value, false)
  const isDamage = whole?.reason instanceof AppError && !('limitBytes' in whole.reason.details)
  if (!isDamage) throw whole?.reason
  return atRest(salvaged(path, await decompressStart(stored.bytes, packed)), true)
}

async function atRest(bytes: Uint8Array, isDamaged: boolean): Promise<AtRest> {
  return { bytes, rev: await digestInTurns(bytes), isDamaged }
}

/**
 * What could be read of a head is a head that was cut, which its checksum tells. A journal that was cut would only look torn,
 * as after any crash: its last line says that more is lost, and is a flaw of its own.
 */
function salvaged(path: string, bytes: Uint8Array): Uint8Array {
  if (!path.endsWith('.jsonl')) return bytes
  const end = bytes.byteLength === 0 || bytes.at(-1) === newline ? '' : '\n'
  const lost = '{"lost":"the compressed journal is damaged from here on"}\n'
  return Buffer.concat([bytes, encodeText(`${end}${lost}`)])
}

const newline = 0x0a
