// The operations log: who asked for what, and what was then found on disk.
import { appendLine } from './appendLine.ts'
import { places } from './layout.ts'
import type { StoreContext } from './storeContext.ts'
import type { Store } from './store.ts'

type Operation = Parameters<Store['logOperation']>[0]

/** On disk when it resolves: what was requested is known also when the machine stops before it is done. */
export async function logOperation(context: StoreContext, operation: Operation): Promise<void> {
  const line = JSON.stringify({ at: context.now(), ...operation })
  await appendLine(context, places.operations, { line, durable: true })
}
