// Reads a document that no plain reading takes for text: in another encoding, with bytes that are none, or damaged where it is compressed.
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { broken } from '../../shared/core/formats/unknown/broken.ts'
import { decodeBytes } from '../../shared/core/repair/salvage/decodeBytes.ts'
import type { ServiceContext } from './context.ts'
import { placedFormat } from './placedFormat.ts'
import { formatOf, readFormat, type FormatState } from './readFormat.ts'
import { wholeForView } from './documentKind.ts'
import { unpackDamaged, type LooselyUnpacked } from './unpackDamaged.ts'

export type DamagedState =
  | { readonly kind: 'ok'; readonly state: FormatState; readonly unpacked: LooselyUnpacked }
  | { readonly kind: 'nothing' }
  /** It is not read in parts: what would be written were a part of it. */
  | { readonly kind: 'large' }

/** [F360] */
export async function readDamaged(
  context: ServiceContext,
  { document, item }: { readonly document: string; readonly item: string | null },
): Promise<DamagedState> {
  const { sizeBytes } = await context.store.readSlice(document, { offset: 0, limitBytes: 1 })
  if (sizeBytes > wholeForView) return { kind: 'large' }
  const { bytes: packed, rev } = await context.store.readDocument(document)
  const unpacked = await unpackDamaged(document, packed, wholeForView)
  if (unpacked.bytes.byteLength === 0) return { kind: 'nothing' }
  if (unpacked.bytes.byteLength >= wholeForView) return { kind: 'large' }
  const text = readableText(unpacked.bytes)
  const format =
    formatOf(detectFormat(text).format) ?? (await placedFormat(context, document)) ?? broken
  const limits = { fileBytes: wholeForView, totalBytes: wholeForView }
  const known = { document, item, text, rev, limits }
  const state = await readFormat(context, format, known)
  return { kind: 'ok', unpacked, state: { ...state, set: { ...state.set, bytes: unpacked.bytes } } }
}

const half = /\p{Surrogate}/gu

/** A byte that is no text stands in it as a sign that says so, and never as half a character. */
function readableText(bytes: Uint8Array): string {
  const { text } = decodeBytes(bytes)
  return (text.startsWith('\ufeff') ? text.slice(1) : text).replace(half, '\ufffd')
}
