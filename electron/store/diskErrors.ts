// Errors on their way from a thread of the disk: what the system said arrives with its code.
import { AppError, type ErrorCode, type ErrorDetails } from '../../shared/errors.ts'

export type PackedError = {
  readonly message: string
  readonly app: { readonly code: ErrorCode; readonly details: ErrorDetails } | null
  /** What `node:fs` adds to its errors. */
  readonly system: Readonly<Record<string, string | number>>
  readonly cause: PackedError | null
}

export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) {
    return { message: String(error), app: null, system: {}, cause: null }
  }
  const isApp = error instanceof AppError
  return {
    message: error.message,
    app: isApp ? { code: error.code, details: error.details } : null,
    system: isApp ? {} : systemFields(error),
    cause: error.cause === undefined ? null : packError(error.cause),
  }
}

export function unpackError({ message, app, system, cause }: PackedError): Error {
  const options = cause === null ? {} : { cause: unpackError(cause) }
  if (app !== null) return new AppError(app.code, message, app.details, options)
  return Object.assign(new Error(message, options), system)
}

function systemFields(error: Error): Readonly<Record<string, string | number>> {
  const fields = Object.entries(error).filter(([name]) => fieldNames.has(name))
  return Object.fromEntries(
    fields.filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  )
}

const fieldNames = new Set(['code', 'errno', 'syscall', 'path', 'dest'])
