// Whoever could read a run can still read it when it lies in another file.
import { fileMode } from './fileSystem.ts'
import { absolute, checkedPath, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'

/** Gives a new file the mode, owner and group of another one. */
export async function keepRights(
  context: StoreContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const [like, own] = [await statusOf(context, from), await statusOf(context, to)]
  if (like === null || own === null) return
  const isSameOwner = own.uid === like.uid && own.gid === like.gid
  if (isSameOwner && own.mode === like.mode) return
  await checkedPath(context, to)
  try {
    const file = await context.fileSystem.open(absolute(context, to), 'append')
    try {
      if (!isSameOwner) await file.changeOwner(like.uid, like.gid)
      if (like.mode !== fileMode || own.mode !== like.mode) await file.changeMode(like.mode)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw asWriteError(error, `${to} could not be given the rights of ${from}`)
  }
}
