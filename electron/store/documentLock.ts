// One change of a document at a time, by any process.
import { AppError } from '../../shared/errors.ts'
import { documentKey, readChanges } from './documentChanges.ts'
import { takeLock, type HeldLock } from './lock.ts'
import { settleChange } from './settleChange.ts'
import type { StoreContext } from './storeContext.ts'

/** Takes our own lock of the document, finishes what was left of earlier changes, and then works. */
export async function underDocumentLock<T>(
  context: StoreContext,
  document: string,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  try {
    return await workUnderLock(context, document, work)
  } catch (error) {
    throw inTermsOf(document, error)
  }
}

/** [E236] What is said of locks and backups names a run: here it is a document, and nobody knows its key. */
function inTermsOf(document: string, error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const key = documentKey(document)
  const message = error.message
    .replaceAll(`Run ${key}`, () => document)
    .replaceAll(`run ${key}`, () => document)
  return message === error.message
    ? error
    : new AppError(error.code, message, { ...error.details, document }, { cause: error })
}

async function workUnderLock<T>(
  context: StoreContext,
  document: string,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  const lock = await lockDocument(context, document)
  try {
    for (const change of await readChanges(context, documentKey(document)))
      if (change.state === 'begun') await settleChange(context, change)
    return await work(lock)
  } finally {
    await lock.release()
  }
}

const readEpoch = async (): Promise<number> => 0

async function lockDocument(context: StoreContext, document: string): Promise<HeldLock> {
  const options = { purpose: `change of ${document}`, controlSocket: null }
  try {
    return await takeLock(context, documentKey(document), { ...options, readEpoch })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'locked') throw error
    const message = `${document} is being changed by another process. Try again when it is done.`
    throw new AppError('locked', message, error.details, { cause: error })
  }
}
