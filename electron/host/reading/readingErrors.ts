import { AppError } from '../../../shared/errors.ts'

export function closedError(): AppError {
  return new AppError('io', 'The workspace was closed. Open it again.')
}

/** What whoever asked is told when the thread died. `input` null: nobody asked. */
export function diedError(cause: Error, input: unknown): AppError {
  const documents = documentsOf(input)
  const what = documents.length === 0 ? 'the workspace' : documents.join(' and ')
  const isTooLarge = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const message = isTooLarge
    ? `Reading ${what} needs more memory than it may take. Nothing was changed. Look at its bytes in Raw, a slice at a time.`
    : `The thread that reads ${what} ended: ${cause.message}. Nothing was changed. Try it again.`
  return new AppError('io', message, { documents, reason: cause.message }, { cause })
}

/** A defect in the thread, with the stack that it had there as its cause. */
export function bugWithStack(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'bug') return error
  const { stack, ...details } = error.details
  if (typeof stack !== 'string') return error
  const cause = Object.assign(new Error(error.message), { stack })
  return new AppError('bug', error.message, details, { cause })
}

/** Runs and documents that an input names, on either side of a comparison too. */
function documentsOf(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null) return []
  if ('ref' in input) return documentOf(input.ref)
  const sides = ['left' in input ? input.left : null, 'right' in input ? input.right : null]
  return [...new Set(sides.flatMap(documentsOf))]
}

function documentOf(ref: unknown): readonly string[] {
  const isNamed = typeof ref === 'object' && ref !== null && 'document' in ref
  return isNamed && typeof ref.document === 'string' ? [`"${ref.document}"`] : []
}
