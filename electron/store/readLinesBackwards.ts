// Reads the lines of a growing log from its end, in pieces that fit into memory.
import { decodeText, readRange } from './files.ts'
import { checkedPath } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { orMissing } from './storeErrors.ts'
import type { OpenFile } from './fileSystem.ts'

export type LineAt = {
  readonly text: string
  /** Byte at which it begins. */
  readonly offset: number
  /** False for one longer than `longestLine`, whose text is left out. */
  readonly isWhole: boolean
}

/** Lines newest first, some at a time, empty ones left out; nothing when there is no such file. */
export async function* readLinesBackwards(
  context: StoreContext,
  relative: string,
): AsyncGenerator<readonly LineAt[]> {
  const path = await checkedPath(context, relative)
  const file = await orMissing(() => context.fileSystem.open(path, 'read'), null)
  if (file === null) return
  try {
    yield* linesOf(file)
  } finally {
    await file.close()
  }
}

async function* linesOf(file: OpenFile): AsyncGenerator<readonly LineAt[]> {
  const { sizeBytes } = await file.status()
  let rest: Rest = { bytes: new Uint8Array(), isTooLong: false }
  for (let end = sizeBytes; end > 0;) {
    const start = Math.max(0, end - blockBytes)
    const block = await readRange(file, start, end - start)
    const cut = cutLines(block, start, rest)
    yield cut.lines
    rest = cut.rest
    end = start
  }
  yield lineOf(rest.bytes, { offset: 0, isTooLong: rest.isTooLong })
}

/** The start of a line, whose beginning is still to be read. */
type Rest = { readonly bytes: Uint8Array; readonly isTooLong: boolean }

function cutLines(
  block: Uint8Array,
  start: number,
  rest: Rest,
): { readonly lines: readonly LineAt[]; readonly rest: Rest } {
  const lines: LineAt[] = []
  let bytes = rest.bytes
  let isTooLong = rest.isTooLong
  let end = block.byteLength
  for (;;) {
    const newline = end === 0 ? -1 : block.lastIndexOf(newlineByte, end - 1)
    const part = block.subarray(newline + 1, end)
    isTooLong ||= part.byteLength + bytes.byteLength > longestLine
    bytes = isTooLong ? new Uint8Array() : joined(part, bytes)
    if (newline === -1) return { lines, rest: { bytes, isTooLong } }
    lines.push(...lineOf(bytes, { offset: start + newline + 1, isTooLong }))
    bytes = new Uint8Array()
    isTooLong = false
    end = newline
  }
}

function lineOf(
  bytes: Uint8Array,
  { offset, isTooLong }: { readonly offset: number; readonly isTooLong: boolean },
): readonly LineAt[] {
  if (isTooLong) return [{ text: '', offset, isWhole: false }]
  const text = decodeText(bytes)
  return text.trim() === '' ? [] : [{ text, offset, isWhole: true }]
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (second.byteLength === 0) return first
  const bytes = new Uint8Array(first.byteLength + second.byteLength)
  bytes.set(first)
  bytes.set(second, first.byteLength)
  return bytes
}

const newlineByte = 0x0a
const blockBytes = 64 * 1024
/** An operation takes some hundred bytes. */
const longestLine = 1024 * 1024
