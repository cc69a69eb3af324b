// What is said of runs that are in the archive, or are not.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'

/** Whoever wants to write an archived run. */
export function archivedError(run: RunId): AppError {
  const message = `Run ${run} is in the archive and can only be read there. Bring it back first: unstuck unarchive ${run}`
  return new AppError('invalid-input', message, { run, archived: true })
}

export function nowhereError(run: RunId): AppError {
  const message = `Run ${run} is neither in the archive nor in this workspace. Look in the trash.`
  return new AppError('not-found', message, { run })
}

export function headlessError(run: RunId): AppError {
  const message = `Run ${run} has no head, so it was not archived. Repair it first: unstuck repair ${run}`
  return new AppError('invalid-input', message, { run })
}

export function changedError(run: RunId, path: string | null): AppError {
  const what = path === null ? 'The run' : path
  const message = `${what} changed since it was looked at, so run ${run} was left as it is. Look at it again.`
  return new AppError('stale', message, { run, path })
}

export function inTheWayError(run: RunId, path: string): AppError {
  const message = `${path} exists and is not what the archive of run ${run} holds. Nothing was replaced. Move it away first.`
  return new AppError('invalid-input', message, { run, path })
}

export function notRedundantError(run: RunId, path: string): AppError {
  const message = `${path} is another archive of run ${run}, with other files than are there now. Nothing was changed. Move it away first.`
  return new AppError('invalid-input', message, { run, path })
}
