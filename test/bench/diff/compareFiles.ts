import { comparePieces } from '../../../electron/services/comparePieces.ts'
import { createNodeFileSystem } from '../../../electron/store/nodeFileSystem.ts'
import type { Difference } from '../../../shared/core/diff/diff.ts'

/** Reads and compares two heads as the program does, without their checksums: no other comparison has any to look at. */
export async function compareFiles(before: string, after: string): Promise<Difference | null> {
  const fileSystem = createNodeFileSystem()
  const [one, other] = [await fileSystem.open(before, 'read'), await fileSystem.open(after, 'read')]
  try {
    const [{ sizeBytes: size }, { sizeBytes: otherSize }] = [
      await one.status(),
      await other.status(),
    ]
    return await comparePieces(
      { sizeBytes: size, read: (into, position) => one.read(into, position) },
      { sizeBytes: otherSize, read: (into, position) => other.read(into, position) },
      { within: 'run' },
    )
  } finally {
    await one.close()
    await other.close()
  }
}
