// Finds the changes of documents that were cut short, and ends them.
import { AppError } from '../../shared/errors.ts'
import { documentKey, listKeys, readChanges, type ChangeRecord } from './documentChanges.ts'
import { underDocumentLock } from './documentLock.ts'
import type { StoreContext } from './storeContext.ts'
import type { SettledChange } from './documentStore.ts'

/** [E176] Those of a process that is still at it are left to it. */
export async function settleDocuments(context: StoreContext): Promise<readonly SettledChange[]> {
  const settled = []
  for (const key of await listKeys(context)) {
    const begun = (await readChanges(context, key)).filter(({ state }) => state === 'begun')
    for (const change of begun) settled.push(await settleUnderLock(context, change))
  }
  return settled.filter((change) => change !== null)
}

async function settleUnderLock(
  context: StoreContext,
  change: ChangeRecord,
): Promise<SettledChange | null> {
  try {
    // Whoever takes the lock settles what is left.
    await underDocumentLock(context, change.document, async () => undefined)
  } catch (error) {
    if (error instanceof AppError && error.code === 'locked') return null
    throw error
  }
  const changes = await readChanges(context, documentKey(change.document))
  const now = changes.find(({ id }) => id === change.id) ?? change
  return {
    document: now.document,
    backup: now.id,
    state: now.state,
    files: now.files.map(({ path }) => path),
  }
}
