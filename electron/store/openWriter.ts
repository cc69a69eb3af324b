// Takes a run's lock and hands out its writer.
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Days } from './days.ts'
import type { FileStatus } from './fileSystem.ts'
import type { JournalScan } from './journal.ts'
import { dayOf, headPath, journalPath } from './layout.ts'
import { takeLock } from './lock.ts'
import { makeFolders, statusOf } from './paths.ts'
import { findDay, readJournal } from './readStoredRun.ts'
import { createRunWriter } from './runWriter.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { OpenOptions, RunWriter } from './store.ts'

type RunOptions = OpenOptions & { readonly run: RunId }

/** Of a run that does not exist yet. */
export async function createRun(
  context: StoreContext,
  days: Days,
  options: RunOptions & { readonly createdAt: string },
): Promise<RunWriter> {
  const { run } = options
  const day = dayOf(options.createdAt)
  await refuseExisting(days, run)
  try {
    await makeFolders(context, dirname(headPath(day, run)))
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be created`)
  }
  const lock = await takeLock(context, run, { ...options, readEpoch: async () => 0 })
  try {
    // Somebody may have made it and released it in between.
    await refuseExisting(days, run)
  } catch (error) {
    await lock.release()
    throw error
  }
  days.remember(run, day)
  return createRunWriter(context, { run, day, lock, scan: null })
}

async function refuseExisting(days: Days, run: RunId): Promise<void> {
  if ((await days.find(run)) === null) return
  const message = `Run ${run} exists already. Choose another id, or open that run.`
  throw new AppError('invalid-input', message, { run })
}

/** Of a run that exists. */
export async function openRun(
  context: StoreContext,
  days: Days,
  options: RunOptions,
): Promise<RunWriter> {
  const { run } = options
  const path = journalPath(await findDay(days, run), run)
  const read: { stamp: string | null; scan: JournalScan | null } = { stamp: null, scan: null }
  const readEpoch = async (): Promise<number> => {
    const stamp = journalStamp(await statusOf(context, path))
    // Asked again under the lock: a journal that is the same file, as long and as old, is not read again.
    if (stamp === null || stamp !== read.stamp) read.scan = await readJournal(context, path)
    read.stamp = stamp
    return read.scan?.maxEpoch ?? 0
  }
  const lock = await takeLock(context, run, { ...options, readEpoch })
  try {
    const day = await findDay(days, run)
    // It moved to another day, or to the trash and back, while its lock was free.
    if (journalPath(day, run) !== path)
      read.scan = await readJournal(context, journalPath(day, run))
    return createRunWriter(context, { run, day, lock, scan: read.scan })
  } catch (error) {
    await lock.release()
    throw error
  }
}

function journalStamp(status: FileStatus | null): string | null {
  return status === null ? null : `${status.inode}:${status.sizeBytes}:${status.modifiedNs}`
}
