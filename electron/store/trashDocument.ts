import { AppError } from '../../shared/errors.ts'
import { checkedFile } from './paths.ts'
import { places } from './places.ts'
import type { StoreContext } from './storeContext.ts'
import type { TrashedRun } from './trashStore.ts'
import { moveToTrash } from './trash.ts'

/** [E178] It is put back under its own name. */
export async function trashDocument(
  context: StoreContext,
  document: string,
  { reason, keepDays }: { readonly reason: string; readonly keepDays: number },
): Promise<TrashedRun> {
  const { status } = await checkedFile(context, document)
  if (status?.kind !== 'file' || document.startsWith(`${places.state}/`)) {
    const message = `${document} is no file that can be moved to the trash. Look at the list again.`
    throw new AppError('not-found', message, { document })
  }
  const items = [{ path: document, restoreAs: document }]
  const request = { kind: 'temporary', run: null, workflow: null, reason, items, keepDays } as const
  return moveToTrash(context, request)
}
