import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { announceChange } from './changes.ts'
import { checkEntryId } from './entryId.ts'
import { takeLock } from './lock.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { TrashManifest } from './trashManifest.ts'

/**
 * An entry is moved, put back and deleted by one process at a time: a run under its lock, left-over files under one that is
 * named after their entry, because they are moved while others write the run.
 */
export async function underLockOf<T>(
  context: StoreContext,
  { id, kind, run }: Pick<TrashManifest, 'id' | 'kind' | 'run'>,
  work: () => Promise<T>,
): Promise<T> {
  const noted = async (): Promise<T> => {
    const result = await work()
    if (run !== null) await announceChange(context, run)
    return result
  }
  if (kind === 'run' && run !== null) return underLock(context, run, () => orRunError(run, noted))
  try {
    return await underLock(context, RunId.parse(checkEntryId(id, 'trashed run')), noted)
  } catch (error) {
    throw asEntryError(error, id)
  }
}

async function underLock<T>(
  context: StoreContext,
  name: RunId,
  work: () => Promise<T>,
): Promise<T> {
  const options = { purpose: 'trash', controlSocket: null, readEpoch: async () => 0 }
  const lock = await takeLock(context, name, options)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

async function orRunError<T>(run: RunId, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be moved`)
  }
}

/** What is said of locks names a run, and an entry is none. */
function asEntryError(error: unknown, id: string): AppError {
  if (!(error instanceof AppError) || error.code !== 'locked')
    return asWriteError(error, `Trash entry ${id} could not be moved`)
  const message = `Trash entry ${id} is being moved by another process. Try again.`
  return new AppError('locked', message, { ...error.details, entry: id }, { cause: error })
}
