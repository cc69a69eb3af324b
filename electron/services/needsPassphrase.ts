import { AppError } from '../../shared/errors.ts'

/** Whether something cannot be read because it is encrypted. */
export function needsPassphrase(error: unknown): error is AppError {
  return error instanceof AppError && error.details['needs'] === 'passphrase'
}
