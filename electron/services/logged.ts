import { toAppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { LoggedChange, OperationUndo } from '../../shared/schema/operation.ts'
import type { ServiceContext } from './context.ts'
import { seenFile, watchedFile } from './seenFile.ts'

export type LoggedOperation = {
  readonly call: string
  readonly item: string
  /** The run that is meant, where the item is something else. */
  readonly run?: string | null | undefined
  /** Who does it, when it is nobody who asked. */
  readonly by?: string
  /** Why, where the person said it. */
  readonly reason?: string | null
  /** The operation that this one takes back. */
  readonly undoes?: string | undefined
  /** The file it is about, before and after it; left out: the head of the run, where the item is one. Null: none. */
  readonly file?: { readonly before: string; readonly after: string } | null
}

/** What is told of a change that was made, besides the file as it was found again. */
export type LoggedEnd = {
  readonly changes?: readonly LoggedChange[]
  /** What would take it back. */
  readonly undo?: OperationUndo
  /** The run that was made by it. */
  readonly made?: RunId
}

/**
 * Does a change between two lines of the operations log: requested before, observed after, each with the file as it was then
 * found. Without the first line nothing is done. Of the second nothing depends: what is told is what came of the change, never
 * that the log is full.
 */
export async function logged<Result>(
  context: ServiceContext,
  operation: LoggedOperation,
  change: () => Promise<Result>,
  endOf: (result: Result) => LoggedEnd = () => ({}),
): Promise<Result> {
  const { application, hostName: host, store } = context
  const { call, item, by = context.user, undoes = context.undoing } = operation
  const file = operation.file === undefined ? watchedFile(store, item) : operation.file
  const line = { id: context.randomId(12), call, item, ...whose(operation), by, host, application }
  await store.logOperation({
    ...line,
    phase: 'requested',
    outcome: null,
    ...why(operation),
    ...(undoes === undefined ? {} : { undoes }),
    ...(file === null ? {} : { before: await seenFile(context, file.before) }),
  })
  const [done] = await Promise.allSettled([change()])
  const after = file === null ? {} : { after: await seenFile(context, file.after) }
  const end =
    done.status === 'fulfilled' ? { outcome: 'done', ...endOf(done.value) } : failureOf(done.reason)
  await Promise.allSettled([store.logOperation({ ...line, phase: 'observed', ...end, ...after })])
  if (done.status === 'rejected') throw done.reason
  return done.value
}

function whose({ run, item }: LoggedOperation): { readonly run?: string } {
  return run === undefined || run === null || run === item ? {} : { run }
}

function why({ reason }: LoggedOperation): { readonly reason?: string } {
  return reason === undefined || reason === null || reason === '' ? {} : { reason }
}

function failureOf(reason: unknown): {
  readonly outcome: string
  readonly error: { readonly code: string; readonly message: string }
} {
  const { code, message } = toAppError(reason)
  return { outcome: `${code}: ${message}`, error: { code, message } }
}
