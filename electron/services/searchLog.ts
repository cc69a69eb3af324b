// Looks through one log for a text, block by block, so that a log of any size can be searched.
import { setImmediate as turn } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { Store } from '../store/store.ts'
import { decodeLossy } from './decodeUtf8.ts'
import { countNewlines } from './newlines.ts'

type Place = { readonly offset: number; readonly line: number }

export type FoundLine = Place & { readonly text: string }

export type LogPage = {
  readonly lines: readonly FoundLine[]
  /** Where a line begins at which the search goes on; null: it came to the end. */
  readonly next: Place | null
  readonly searchedBytes: number
}

export type LogSearch = {
  readonly query: string
  readonly from: Place
  readonly limit: number
  readonly mostBytes: number
  readonly signal: CancelSignal
}

/** Case does not matter, and colours are no part of the text. */
export async function searchLog(
  store: Pick<Store, 'readSlice'>,
  path: string,
  { query, from, limit, mostBytes, signal }: LogSearch,
): Promise<LogPage> {
  const wanted = query.toLowerCase()
  const lines: FoundLine[] = []
  let { offset, line } = from
  const searched = () => offset - from.offset
  while (searched() < mostBytes) {
    throwIfCancelled(signal, 'Searching the logs')
    const { bytes, sizeBytes } = await store.readSlice(path, { offset, limitBytes: blockBytes })
    const isLast = offset + bytes.byteLength >= sizeBytes
    const block = isLast ? bytes : wholeLines(bytes)
    const found = linesIn(block, wanted, { offset, line }).slice(0, limit - lines.length + 1)
    for (const one of found) {
      const { offset: at, line: number } = one
      if (lines.length === limit) {
        return { lines, next: { offset: at, line: number }, searchedBytes: at - from.offset }
      }
      lines.push(one)
    }
    offset += block.byteLength
    line += countNewlines(block)
    if (isLast) return { lines, next: null, searchedBytes: searched() }
    await turn()
  }
  return { lines, next: { offset, line }, searchedBytes: searched() }
}

const blockBytes = 1024 * 1024
const excerptCharacters = 240

/** A line that is longer than a block is looked through in pieces. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(newline)
  return end === -1 ? bytes : bytes.subarray(0, end + 1)
}

function linesIn(block: Uint8Array, wanted: string, start: Place): readonly FoundLine[] {
  if (!plainText(block).toLowerCase().includes(wanted)) return []
  const found: FoundLine[] = []
  let { line } = start
  for (let at = 0; at < block.byteLength; line += 1) {
    const newlineAt = block.indexOf(newline, at)
    const end = newlineAt === -1 ? block.byteLength : newlineAt
    const text = plainText(block.subarray(at, end))
    const place = text.toLowerCase().indexOf(wanted)
    if (place !== -1) found.push({ line, offset: start.offset + at, text: around(text, place) })
    at = end + 1
  }
  return found
}

/** Without what a terminal would not show. */
function plainText(bytes: Uint8Array): string {
  const text = decodeLossy(bytes)
  return text.includes('\u001B') ? text.replaceAll(sequence, '') : text
}

const sequence =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001B(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/g

function around(text: string, at: number): string {
  const whole = text.replace(/\r$/, '')
  if (whole.length <= excerptCharacters) return whole
  const start = Math.max(0, at - excerptCharacters / 3)
  const piece = whole.slice(start, start + excerptCharacters)
  const isEnd = start + excerptCharacters >= whole.length
  return `${start > 0 ? '…' : ''}${piece}${isEnd ? '' : '…'}`
}

const newline = 0x0a
