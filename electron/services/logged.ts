import { toAppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

export type LoggedOperation = {
  readonly call: string
  readonly item: string
  /** The run that is meant, where the item is something else. */
  readonly run?: string | null | undefined
  /** Who does it, when it is nobody who asked. */
  readonly by?: string
}

/** What a value was and is now, as JSON text, perhaps cut. */
export type LoggedChange = {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/**
 * Does a change between two lines of the operations log: requested before, observed after. Without the first line nothing
 * is done. Of the second nothing depends: what is told is what came of the change, never that the log is full.
 */
export async function logged<Result>(
  context: ServiceContext,
  { call, item, run, by = context.user }: LoggedOperation,
  change: () => Promise<Result>,
  changesOf: (result: Result) => readonly LoggedChange[] = () => [],
): Promise<Result> {
  const { application, hostName: host, store } = context
  const whose = run === undefined || run === null || run === item ? {} : { run }
  const line = { id: context.randomId(12), call, item, ...whose, by, host, application }
  await store.logOperation({ ...line, phase: 'requested', outcome: null })
  const [done] = await Promise.allSettled([change()])
  const end =
    done.status === 'fulfilled'
      ? { outcome: 'done', ...told(changesOf(done.value)) }
      : failureOf(done.reason)
  await Promise.allSettled([store.logOperation({ ...line, phase: 'observed', ...end })])
  if (done.status === 'rejected') throw done.reason
  return done.value
}

function told(changes: readonly LoggedChange[]) {
  return changes.length === 0 ? {} : { changes }
}

function failureOf(reason: unknown): {
  readonly outcome: string
  readonly error: { readonly code: string; readonly message: string }
} {
  const { code, message } = toAppError(reason)
  return { outcome: `${code}: ${message}`, error: { code, message } }
}
