// Finds out whether a workspace may be written, without writing.
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { places } from './layout.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError, explain, isMissing } from './storeErrors.ts'
import type { Access } from './store.ts'

/**
 * Asks the system for the folders that would be written. Opening a workspace leaves no trace in it, so the last word has
 * the first write: one that is refused throws `read-only`.
 */
export async function findAccess(context: StoreContext): Promise<Access> {
  await checkRoot(context)
  for (const folder of ['', places.state, places.locks, places.runs]) {
    try {
      await context.fileSystem.check(join(context.root, folder), 'write')
    } catch (error) {
      if (isMissing(error)) continue
      const name = folder === '' ? 'The workspace' : `The folder ${folder}`
      return { writable: false, reason: `${name} cannot be written: ${explain(error)}` }
    }
  }
  return { writable: true }
}

async function checkRoot(context: StoreContext): Promise<void> {
  try {
    // The folder itself may be reached by a link; what lies below may not.
    await context.fileSystem.list(context.root)
  } catch (error) {
    const failure = asReadError(error, 'The folder could not be opened')
    const code = failure.details['code'] === 'ENOTDIR' ? 'invalid-input' : failure.code
    throw new AppError(code, failure.message, failure.details, { cause: error })
  }
}
