// What the system's error codes mean to a person.
import { AppError, type ErrorDetails } from '../../shared/errors.ts'

/** The system's code, also of an error that was explained before. */
export function errorCode(error: unknown): string | null {
  if (error instanceof AppError) {
    const code = error.details['code']
    return typeof code === 'string' ? code : null
  }
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

export function isMissing(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** What work comes to, or something else where what it needs is not there. */
export async function orMissing<T, Instead>(
  work: () => Promise<T>,
  instead: Instead,
): Promise<T | Instead> {
  try {
    return await work()
  } catch (error) {
    if (isMissing(error)) return instead
    throw error
  }
}

/** Work on what may be gone meanwhile: then there is nothing to do. */
export function orGone(work: () => Promise<void>): Promise<void> {
  return orMissing(work, undefined)
}

export function isTaken(error: unknown): boolean {
  return errorCode(error) === 'EEXIST'
}

export function isRefused(error: unknown): boolean {
  return hasCode(error, refusals)
}

/** One of the system's codes. */
export function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  return codes.has(errorCode(error) ?? '')
}

/**
 * A failed write as an `AppError`: `read-only` where writing is not allowed at all, else `io`. What the system refused in
 * a smaller step is told anew in terms of the whole; any other `AppError` stays as it is.
 */
export function asWriteError(error: unknown, what: string, details: ErrorDetails = {}): AppError {
  if (error instanceof AppError && errorCode(error) === null) return error
  const code = isRefused(error) ? 'read-only' : 'io'
  return new AppError(code, `${what}: ${explain(error)}`, withCode(error, details), {
    cause: error,
  })
}

/** A failed read as an `AppError`: `not-found` or `io`. */
export function asReadError(error: unknown, what: string, details: ErrorDetails = {}): AppError {
  if (error instanceof AppError) return error
  const code = isMissing(error) ? 'not-found' : 'io'
  return new AppError(code, `${what}: ${explain(error)}`, withCode(error, details), {
    cause: error,
  })
}

/** Explains what the system refuses; what is no failure of the system is a bug, and stays as it is. */
export async function orWriteError<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isTold = error instanceof AppError || errorCode(error) === null
    throw isTold ? error : asWriteError(error, what)
  }
}

export async function orReadError<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isTold = error instanceof AppError || errorCode(error) === null
    throw isTold ? error : asReadError(error, what)
  }
}

/** Why, and what to do. */
export function explain(error: unknown): string {
  const code = errorCode(error)
  const known = code === null ? undefined : explanations[code]
  if (known !== undefined) return `${known} (${code}).`
  return code === null ? `${error instanceof Error ? error.message : String(error)}.` : `${code}.`
}

const refusals = new Set(['EROFS', 'EACCES', 'EPERM'])

const explanations: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  ENXIO: 'it is not a file. Put the file itself there',
  EACCES: 'permission denied. Ask its owner for access',
  EPERM: 'the system does not permit it. Ask its owner for access',
  EROFS: 'the disk is mounted read-only. Mount it writable, or work on a copy',
  ENOSPC: 'the disk is full. Free space, then open the run again',
  EDQUOT: 'the disk quota is used up. Free space, then open the run again',
  EIO: 'the disk reports an error. Check the disk before you go on',
  ELOOP: 'it is a link, and links are not followed. Put the file itself there',
  EFBIG: 'it is larger than 1 GB, more than is read at once. Its bytes can be seen in Raw',
  EMFILE: 'too many files are open. Close other programs, then try again',
  ENFILE: 'too many files are open. Close other programs, then try again',
  EBUSY: 'another program uses it. Close that program, then try again',
  ESTALE: 'the network drive lost it. Connect the drive again',
  EXDEV: 'it lies on another disk than the workspace. Move it into the workspace by hand',
}

function withCode(error: unknown, details: ErrorDetails): ErrorDetails {
  return { ...details, code: errorCode(error) }
}
