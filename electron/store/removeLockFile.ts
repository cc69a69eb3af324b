// Takes a lock file away without ever taking away another one that has come into its place.
import { createFile } from './atomicWrite.ts'
import { encodeText } from './files.ts'
import { places } from './layout.ts'
import { readLockFile, type LockFile } from './lockFile.ts'
import { findHolderState } from './machine.ts'
import { absolute } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/**
 * Removes one lock, of a holder that is gone or of this process. False: another process is at it; look again.
 *
 * The rule that makes this safe: whoever removes a lock holds its *claim*, a file whose name is the digest of the lock's
 * bytes. So while a claim is held, the lock it names either is in its place or is gone for good, and to compare and
 * then remove is one step. A claim whose owner died is itself a lock file of one that is gone.
 */
export async function removeLockFile(
  context: StoreContext,
  relative: string,
  lock: LockFile,
): Promise<boolean> {
  const claim = `${places.locks}/.${lock.run}.${lock.digest.slice(-16)}.claim`
  const holder = { ...lock.holder, ...context.machine.identity, nonce: context.randomId(16) }
  const text = `${JSON.stringify({ ...holder, since: context.now(), purpose: 'lock' })}\n`
  if ((await createFile(context, claim, encodeText(text))) === null) {
    await removeIfGone(context, claim, lock)
    return false
  }
  try {
    const now = await readLockFile(context, relative, lock.run)
    if (now?.digest === lock.digest) await context.fileSystem.remove(absolute(context, relative))
  } finally {
    await context.fileSystem.remove(absolute(context, claim))
  }
  return true
}

async function removeIfGone(context: StoreContext, claim: string, lock: LockFile): Promise<void> {
  const found = await readLockFile(context, claim, lock.run)
  if (found === null) return
  const state = await findHolderState(context.machine, found.holder)
  if (state === 'gone') await removeLockFile(context, claim, found)
}
