import type { CallOutput } from '../../shared/contract/contract.ts'
import { encodingOf } from '../../shared/core/repair/salvage/encodingOf.ts'
import type { ServiceContext } from './context.ts'
import { packingOf } from './unpack.ts'
import { wholeForView } from './documentKind.ts'
import { sliceOf } from './sliceText.ts'
import { unpackDamaged } from './unpackDamaged.ts'

type Range = { readonly offset: number; readonly limitBytes: number }

/**
 * [F361] A slice of a document as it is read for a repair. Null: it is plain UTF-8, or has too many bytes, and is read in
 * slices as it lies.
 */
export async function decodedSlice(
  { store }: Pick<ServiceContext, 'store'>,
  document: string,
  range: Range,
): Promise<CallOutput<'run.raw'> | null> {
  const start = await store.readSlice(document, { offset: 0, limitBytes: startBytes })
  const isPlain = packingOf(document) === null && !isPacked(start.bytes)
  if (start.sizeBytes > wholeForView || (isPlain && encodingOf(start.bytes) === 'utf-8'))
    return null
  const { bytes: packed } = await store.readDocument(document)
  const { bytes, packing } = await unpackDamaged(document, packed, wholeForView)
  const encoding = encodingOf(bytes)
  const piece = bytes.subarray(range.offset, range.offset + range.limitBytes)
  const read = { bytes: piece, sizeBytes: bytes.byteLength }
  const slice =
    encoding === 'utf-8' ? sliceOf(read, range.offset) : sliceOfUnits(read, range, encoding)
  return { ...slice, written: { encoding, packing } }
}

const startBytes = 16_384

/** The first two bytes of gzip and of zstd. */
function isPacked([first, second]: Uint8Array): boolean {
  return (first === 0x1f && second === 0x8b) || (first === 0x28 && second === 0xb5)
}

/** Never cuts a unit, or a pair, in two. */
function sliceOfUnits(
  { bytes, sizeBytes }: { readonly bytes: Uint8Array; readonly sizeBytes: number },
  { offset }: Range,
  encoding: 'utf-16le' | 'utf-16be',
): CallOutput<'run.raw'> {
  const from = offset % 2
  const end = offset + bytes.byteLength
  const isLast = end >= sizeBytes
  const whole = isLast ? bytes.byteLength : bytes.byteLength - ((bytes.byteLength - from) % 2)
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  // Half a pair at the end is kept back for the slice that follows.
  const text = decoder.decode(bytes.subarray(from, whole), { stream: !isLast })
  const next = offset + from + 2 * text.length
  return { text, offset: offset + from, nextOffset: isLast ? null : next, sizeBytes }
}
