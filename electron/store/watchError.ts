import { AppError } from '../../shared/errors.ts'
import { errorCode, isMissing } from './storeErrors.ts'

/** Why a folder is not watched, what that means, and what to do. */
export function watchError(folder: string, cause: unknown): AppError {
  const code = errorCode(cause)
  if (folder === '' && isMissing(cause)) {
    const message =
      'The folder of this workspace is not there any more: it was moved or removed. Put it back, or open it where it is now.'
    return new AppError('io', message, { folder, code }, { cause })
  }
  const what = folder === '' ? 'The workspace' : `The folder "${folder}"`
  const why = reasons[code ?? ''] ?? `the system refuses it (${code ?? 'unknown reason'}).`
  const message = `${what} is not watched: ${why} Until it is, changes are looked for every 30 seconds.`
  return new AppError('io', message, { folder, code }, { cause })
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC:
    'the system has no watches left. Raise fs.inotify.max_user_watches, or close programs that watch many files.',
  EMFILE:
    'the system has no watches left for this user. Raise fs.inotify.max_user_instances, or close programs that watch files.',
  EACCES: 'permission denied. Ask its owner for access.',
  EPERM: 'the system does not permit it. Ask its owner for access.',
}
