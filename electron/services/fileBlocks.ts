// Looks into a large file at any place: blocks are read as they are needed, and few of them are kept.
import type { Store } from '../store/store.ts'

export type FileBlocks = {
  readonly sizeBytes: number
  /** Bytes of a range, as far as the file goes. */
  readonly slice: (from: number, to: number) => Promise<Uint8Array>
  /** The last newline before a byte; -1: there is none. */
  readonly newlineBefore: (byte: number) => Promise<number>
  /** The first newline from a byte on; -1: there is none. */
  readonly newlineFrom: (byte: number) => Promise<number>
}

const blockBytes = 128 * 1024
const blocksKept = 4

/** The file is taken as long as it was when it was opened; what is added later belongs to the next look. */
export async function openBlocks(
  store: Pick<Store, 'readSlice'>,
  path: string,
): Promise<FileBlocks> {
  const kept = new Map<number, Uint8Array>()
  const { sizeBytes } = await store.readSlice(path, { offset: 0, limitBytes: 1 })

  async function block(index: number): Promise<Uint8Array> {
    const known = kept.get(index)
    if (known !== undefined) return known
    const offset = index * blockBytes
    const limitBytes = Math.min(blockBytes, sizeBytes - offset)
    const { bytes } = await store.readSlice(path, { offset, limitBytes })
    for (const [oldest] of kept) if (kept.size >= blocksKept) kept.delete(oldest)
    kept.set(index, bytes)
    return bytes
  }

  async function slice(from: number, to: number): Promise<Uint8Array> {
    const end = Math.min(to, sizeBytes)
    const parts: Uint8Array[] = []
    for (let at = from; at < end;) {
      const start = Math.floor(at / blockBytes) * blockBytes
      const bytes = await block(start / blockBytes)
      const part = bytes.subarray(at - start, end - start)
      if (part.byteLength === 0) break
      parts.push(part)
      at += part.byteLength
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  }

  async function newlineBefore(byte: number): Promise<number> {
    for (let end = Math.min(byte, sizeBytes); end > 0;) {
      const start = Math.floor((end - 1) / blockBytes) * blockBytes
      const bytes = await block(start / blockBytes)
      const found = bytes.subarray(0, end - start).lastIndexOf(newline)
      if (found !== -1) return start + found
      end = start
    }
    return -1
  }

  async function newlineFrom(byte: number): Promise<number> {
    for (let from = byte; from < sizeBytes;) {
      const start = Math.floor(from / blockBytes) * blockBytes
      const bytes = await block(start / blockBytes)
      const found = bytes.indexOf(newline, from - start)
      if (found !== -1) return start + found
      from = start + blockBytes
    }
    return -1
  }

  return { sizeBytes, slice, newlineBefore, newlineFrom }
}

const newline = 0x0a
