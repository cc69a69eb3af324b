// Takes a run's lock and hands out its writer.
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { archivedError } from './archiveErrors.ts'
import { removeLeftArchive } from './archiveLeft.ts'
import { findArchived } from './archiveView.ts'
import { putBackPlain } from './atRest.ts'
import { readAtRest } from './atRestRead.ts'
import type { Days } from './days.ts'
import type { FileStatus } from './fileSystem.ts'
import type { JournalScan } from './journal.ts'
import { dayOf, headPath, journalPath } from './layout.ts'
import { readHolder, takeLock } from './lock.ts'
import { makeFolders, statusOf } from './paths.ts'
import { findDay, readJournal } from './readStoredRun.ts'
import { createRunWriter } from './runWriter.ts'
import { scanChain } from './scanJournal.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { OpenOptions, RunWriter } from './store.ts'
import { sweepRun } from './sweepTemporaries.ts'

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
  await refuseArchived(context, days, run)
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

/** Throws `invalid-input` for a run that is in the archive. */
export async function refuseArchived(context: StoreContext, days: Days, run: RunId): Promise<void> {
  if ((await findArchived(context, run, await days.find(run))) !== null) throw archivedError(run)
}

/** Of a run that exists. */
export async function openRun(
  context: StoreContext,
  days: Days,
  options: RunOptions,
): Promise<RunWriter> {
  const { run } = options
  await refuseArchived(context, days, run)
  const path = journalPath(await findDay(days, run), run)
  const read: { stamp: string | null; scan: JournalScan | null } = { stamp: null, scan: null }
  const readEpoch = async (): Promise<number> => {
    const stamp = journalStamp(await statusOf(context, path))
    // Asked again under the lock: a journal that is the same file, as long and as old, is not read again.
    if (stamp === null || stamp !== read.stamp) read.scan = await readLiveJournal(context, path)
    read.stamp = stamp
    return read.scan?.maxEpoch ?? 0
  }
  const isLeft = (await readHolder(context, run)) !== null
  const lock = await takeLock(context, run, { ...options, readEpoch })
  try {
    await refuseArchived(context, days, run)
    const day = await findDay(days, run)
    const isPutBack = await putBackPlain(context, { run, day })
    await removeLeftArchive(context, { run, day, lock })
    await sweepRun(context, run, isLeft ? day : null)
    // It moved to another day, or to the trash and back, while its lock was free.
    if (isPutBack || journalPath(day, run) !== path)
      read.scan = await readJournal(context, journalPath(day, run))
    return createRunWriter(context, { run, day, lock, scan: read.scan })
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Also of a journal that is compressed in place. */
async function readLiveJournal(context: StoreContext, path: string): Promise<JournalScan | null> {
  const plain = await readJournal(context, path)
  if (plain !== null) return plain
  const packed = await readAtRest(context, path)
  return packed === null ? null : scanChain(packed.bytes)
}

function journalStamp(status: FileStatus | null): string | null {
  return status === null ? null : `${status.inode}:${status.sizeBytes}:${status.modifiedNs}`
}
