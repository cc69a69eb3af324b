// A run's head in pieces, for whoever does not need it whole in memory.
import type { RunId } from '../../shared/schema/ids.ts'
import type { OpenFile } from './fileSystem.ts'
import { headPath, journalPath } from './layout.ts'
import { checkedFile } from './paths.ts'
import { readSettledJournal, type ReadMemory } from './readStoredRun.ts'
import type { OpenHead } from './store.ts'
import type { StoreContext } from './storeContext.ts'
import { orMissing } from './storeErrors.ts'

/** Null where the run has no head that lies plain on the disk. */
export async function withOpenHead<T>(
  context: StoreContext,
  memory: ReadMemory,
  { run, work }: { readonly run: RunId; readonly work: (head: OpenHead) => Promise<T> },
): Promise<T | null> {
  const day = await memory.days.find(run)
  const file = day === null ? null : await openFileOrNull(context, headPath(day, run))
  if (day === null || file === null) return null
  try {
    const { sizeBytes } = await file.status()
    // The head first: a record it contains was in the journal before.
    const scan = await readSettledJournal(context, memory, journalPath(day, run))
    const read = (into: Uint8Array, position: number) => file.read(into, position)
    return await work({ sizeBytes, journal: scan?.reading ?? null, read })
  } finally {
    await file.close()
  }
}

async function openFileOrNull(context: StoreContext, document: string): Promise<OpenFile | null> {
  const { path, status } = await checkedFile(context, document)
  if (status?.kind !== 'file') return null
  return orMissing(() => context.fileSystem.open(path, 'read'), null)
}
