// One lock a run: taken before any write, broken only when its holder is proved to be gone.
import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { LockHolder, HolderState } from '../../shared/schema/lock.ts'
import { createFile } from './atomicWrite.ts'
import { announceChange } from './changes.ts'
import type { LockMark } from './disk.ts'
import type { FileStatus } from './fileSystem.ts'
import { encodeText } from './files.ts'
import { lockPath, places } from './layout.ts'
import { readLockFile, unknownHolder, type LockFile } from './lockFile.ts'
import { findHolderState } from './machine.ts'
import { absolute, makeFolders, statusOf } from './paths.ts'
import { removeLockFile } from './removeLockFile.ts'
import type { StoreContext } from './storeContext.ts'
import { isRefused } from './storeErrors.ts'
import type { OpenOptions } from './store.ts'

export interface HeldLock {
  readonly epoch: number
  /** What its file looks like as long as the lock is ours. */
  readonly mark: LockMark
  /** Why it is not ours any more. */
  lost(): Promise<AppError>
  /** Throws `locked` when the lock is no longer ours. */
  verify(): Promise<void>
  release(): Promise<void>
}

/**
 * Takes the lock of a run, or throws `locked` with the holder. `readEpoch` tells the highest epoch in the journal; it is
 * asked again under the lock, and the lock is taken anew when somebody wrote in between.
 */
export async function takeLock(
  context: StoreContext,
  run: RunId,
  options: OpenOptions & { readonly readEpoch: () => Promise<number> },
): Promise<HeldLock> {
  await makeFolders(context, places.locks)
  let goneEpoch = 0
  for (let round = 0; round < maxRounds; round += 1) {
    const found = await readLockFile(context, lockPath(run), run)
    if (found !== null) {
      await refuseUnlessGone(context, found)
      goneEpoch = Math.max(goneEpoch, found.holder.epoch)
      const isRemoved = await removeLockFile(context, lockPath(run), found)
      if (!isRemoved) await context.timers.wait(1 + round)
      continue
    }
    const epoch = Math.max(goneEpoch, await options.readEpoch()) + 1
    const lock = await publish(context, run, { ...options, epoch })
    if (lock === null) continue
    if ((await epochUnder(lock, options.readEpoch)) < epoch) return lock
    await lock.release()
  }
  throw new AppError('locked', `Run ${run} is being taken by several programs. Try again.`)
}

/** Who holds the run, as its lock file says; null when nobody does. Somebody unknown, where that may not be looked at. */
export async function readHolder(context: StoreContext, run: RunId): Promise<LockHolder | null> {
  try {
    return (await readLockFile(context, lockPath(run), run))?.holder ?? null
  } catch (error) {
    if (!isRefused(error)) throw error
    return unknownHolder(run, { since: context.now(), purpose: 'its lock may not be looked at' })
  }
}

/** Takes a lock away on a person's word, if it is still the one that was looked at. */
export async function breakLock(context: StoreContext, holder: LockHolder): Promise<void> {
  const { run } = holder
  const file = await readLockFile(context, lockPath(run), run)
  const isSeen = file !== null && isDeepStrictEqual(file.holder, holder)
  if (isSeen && (await removeLockFile(context, lockPath(run), file)))
    return announceChange(context, run)
  const message = `The lock of run ${run} changed since you looked. Nothing was broken. Look at the run again.`
  throw new AppError('stale', message, { run })
}

async function refuseUnlessGone(context: StoreContext, found: LockFile): Promise<void> {
  const state = await findHolderState(context.machine, found.holder)
  if (state !== 'gone') throw lockedError(found.holder, state)
}

function lockedError(holder: LockHolder, state: HolderState): AppError {
  const who = `process ${holder.pid} on ${holder.hostName}, since ${holder.since} (${holder.purpose})`
  const advice =
    state === 'alive'
      ? 'Pause or end it there, or wait until it is done.'
      : 'Nothing proves that it is gone: look there before you break the lock.'
  return new AppError('locked', `Run ${holder.run} is held by ${who}. ${advice}`, { holder, state })
}

async function publish(
  context: StoreContext,
  run: RunId,
  options: OpenOptions & { readonly epoch: number },
): Promise<HeldLock | null> {
  const holder = {
    run,
    ...context.machine.identity,
    applicationVersion: context.application.version,
    epoch: options.epoch,
    since: context.now(),
    controlSocket: options.controlSocket,
    purpose: options.purpose,
    /** Makes the bytes of every lock its own. */
    nonce: context.randomId(16),
  } satisfies LockHolder
  const bytes = encodeText(`${JSON.stringify(holder)}\n`)
  const status = await createFile(context, lockPath(run), bytes)
  if (status === null) return null
  const path = lockPath(run)
  const { inode, modifiedNs } = status
  const lost = (): Promise<AppError> => lostError(context, run)
  return {
    epoch: options.epoch,
    mark: { path: absolute(context, path), inode, modifiedNs },
    lost,
    verify: async () => {
      if (isSame(await statusOf(context, path), status)) return
      throw await lost()
    },
    release: () =>
      giveBack(context, async () => {
        const file = await readLockFile(context, path, run)
        if (file?.holder['nonce'] === holder.nonce) await removeLockFile(context, path, file)
      }),
  }
}

/**
 * On a full disk not even a lock can be given back, and nobody could take the run until this process ends: it is tried
 * again until it is done.
 */
async function giveBack(
  context: StoreContext,
  remove: () => Promise<void>,
  pauseMs = 500,
): Promise<void> {
  try {
    await remove()
  } catch (error) {
    const again = (): Promise<void> =>
      giveBack(context, remove, Math.min(2 * pauseMs, longestPauseMs))
    context.timers.after(pauseMs, () => void Promise.allSettled([again()]))
    throw error
  }
}

/** A lock that was taken for nothing is not kept. */
async function epochUnder(lock: HeldLock, readEpoch: () => Promise<number>): Promise<number> {
  try {
    return await readEpoch()
  } catch (error) {
    await lock.release()
    throw error
  }
}

function isSame(now: FileStatus | null, then: FileStatus): boolean {
  return now !== null && now.inode === then.inode && now.modifiedNs === then.modifiedNs
}

async function lostError(context: StoreContext, run: RunId): Promise<AppError> {
  const holder = await readHolder(context, run)
  const who =
    holder === null
      ? 'nobody holds it now'
      : `process ${holder.pid} on ${holder.hostName} holds it now`
  const message = `The lock of run ${run} was taken away: ${who}. Nothing was written. Open the run again.`
  return new AppError('locked', message, { holder })
}

const maxRounds = 40
const longestPauseMs = 60_000
