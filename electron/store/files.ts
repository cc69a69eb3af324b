// Reading and writing whole files through the port.
import { hash } from 'node:crypto'
import { drive } from './diskSequence.ts'
import { writeWhole } from './diskSteps.ts'
import type { FileSystem, OpenFile } from './fileSystem.ts'

/** Reads a whole file; also one that grows meanwhile, up to what was there when its end was reached. */
export async function readBytes(fileSystem: FileSystem, path: string): Promise<Uint8Array> {
  const file = await fileSystem.open(path, 'read')
  try {
    const status = await file.status()
    if (status.kind === 'folder') throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
    // A pipe or a device has no end.
    if (status.kind !== 'file') throw Object.assign(new Error('is not a file'), { code: 'ENXIO' })
    if (status.sizeBytes > largestBytes)
      throw Object.assign(new Error('is too large'), { code: 'EFBIG' })
    return await readRange(file, 0, status.sizeBytes)
  } finally {
    await file.close()
  }
}

/** More is not held in memory at once. */
const largestBytes = 2 ** 30

/** Reads at most `limitBytes` from a position; less when the file ends before. */
export async function readRange(
  file: OpenFile,
  position: number,
  limitBytes: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(limitBytes)
  let filled = 0
  while (filled < limitBytes) {
    const count = await file.read(bytes.subarray(filled), position + filled)
    if (count === 0) break
    filled += count
  }
  return bytes.subarray(0, filled)
}

/** Writes until every byte is down: a write may take less than it was given. */
export function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  return drive(writeWhole(file, bytes))
}

/** `sha256:<hex>` of bytes. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${hash('sha256', bytes)}`
}

export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Decodes UTF-8; bytes that are none become replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
