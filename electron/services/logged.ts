import { toAppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

/** Does a change between two lines of the operations log: requested before, observed after. */
export async function logged<Result>(
  context: ServiceContext,
  operation: { readonly call: string; readonly item: string },
  change: () => Promise<Result>,
): Promise<Result> {
  const line = { ...operation, by: context.user }
  await context.store.logOperation({ ...line, phase: 'requested', outcome: null })
  try {
    const result = await change()
    await context.store.logOperation({ ...line, phase: 'observed', outcome: 'done' })
    return result
  } catch (error) {
    const { code, message } = toAppError(error)
    await context.store.logOperation({ ...line, phase: 'observed', outcome: `${code}: ${message}` })
    throw error
  }
}
