import { createHash } from 'node:crypto'
import { readRange } from './files.ts'
import { checkedFile } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/** `sha256:<hex>` of a file of any size, read in pieces; null when there is none. */
export async function digestFile(context: StoreContext, relative: string): Promise<string | null> {
  const { path, status } = await checkedFile(context, relative)
  if (status?.kind !== 'file') return null
  const file = await context.fileSystem.open(path, 'read')
  try {
    const hash = createHash('sha256')
    for (let position = 0; position < status.sizeBytes;) {
      const part = await readRange(
        file,
        position,
        Math.min(pieceBytes, status.sizeBytes - position),
      )
      if (part.byteLength === 0) break
      hash.update(part)
      position += part.byteLength
    }
    return `sha256:${hash.digest('hex')}`
  } finally {
    await file.close()
  }
}

const pieceBytes = 1024 * 1024
