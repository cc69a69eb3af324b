import type { RunId } from '../../shared/schema/ids.ts'
import type { RunPlace } from './archivePlaces.ts'
import { announceChange } from './changes.ts'
import { takeLock, type HeldLock } from './lock.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'

/** A run whose lock is held. */
export type LockedRun = RunPlace & {
  /** A person may break it meanwhile: it is verified before anything is replaced or taken away. */
  readonly lock: Pick<HeldLock, 'verify'>
}

/** Does work on all files of a run while nobody else can write it, and tells that it changed. */
export async function underRunLock<T>(
  context: StoreContext,
  options: { readonly run: RunId; readonly purpose: string },
  work: (lock: LockedRun['lock']) => Promise<T>,
): Promise<T> {
  const { run, purpose } = options
  const lock = await takeLock(context, run, { purpose, controlSocket: null, readEpoch })
  try {
    const result = await work(lock)
    await announceChange(context, run)
    return result
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be moved (${purpose})`)
  } finally {
    await lock.release()
  }
}

/** No record is written under this lock, so none has to have a higher epoch. */
async function readEpoch(): Promise<number> {
  return 0
}
