import { getCheckpointId } from '@langchain/langgraph-checkpoint'
import type { RunnableConfig } from '@langchain/core/runnables'
import { AppError } from '../../shared/errors.ts'

/** Where in the threads a call means. `checkpoint` is null for the newest, or for none. */
export type Address = {
  readonly threadId: string
  /** Empty for the graph itself. */
  readonly namespace: string
  readonly checkpoint: string | null
}

/** Null where the config names no thread. */
export function addressOf(config: RunnableConfig): Address | null {
  const threadId = threadIdOf(config)
  if (threadId === null) return null
  const namespace: unknown = config.configurable?.['checkpoint_ns'] ?? ''
  const id = getCheckpointId(config)
  return { threadId, namespace: String(namespace), checkpoint: id === '' ? null : id }
}

/** Throws `invalid-input` where the config names no thread. */
export function requireAddress(config: RunnableConfig, what: string): Address {
  const found = addressOf(config)
  if (found !== null) return found
  throw new AppError(
    'invalid-input',
    `${what} cannot be kept without a thread: configurable.thread_id is missing. Example: graph.invoke(input, { configurable: { thread_id: 'order-7' } }).`,
  )
}

function threadIdOf(config: RunnableConfig): string | null {
  const id: unknown = config.configurable?.['thread_id']
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null
}
