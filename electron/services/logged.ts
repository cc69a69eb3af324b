import { toAppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

/**
 * Does a change between two lines of the operations log: requested before, observed after. Without the first line nothing
 * is done. Of the second nothing depends: what is told is what came of the change, never that the log is full.
 */
export async function logged<Result>(
  context: ServiceContext,
  operation: { readonly call: string; readonly item: string },
  change: () => Promise<Result>,
): Promise<Result> {
  const line = { ...operation, by: context.user }
  await context.store.logOperation({ ...line, phase: 'requested', outcome: null })
  const [done] = await Promise.allSettled([change()])
  const outcome = done.status === 'fulfilled' ? 'done' : failureOf(done.reason)
  await Promise.allSettled([context.store.logOperation({ ...line, phase: 'observed', outcome })])
  if (done.status === 'rejected') throw done.reason
  return done.value
}

function failureOf(error: unknown): string {
  const { code, message } = toAppError(error)
  return `${code}: ${message}`
}
