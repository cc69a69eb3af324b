import type {
  CheckpointListOptions,
  CheckpointTuple,
  SerializerProtocol,
} from '@langchain/langgraph-checkpoint'
import type { RunnableConfig } from '@langchain/core/runnables'
import { addressOf } from './address.ts'
import { newestFirst } from './thread.ts'
import type { Threads } from './threads.ts'
import { tupleOf } from './tuple.ts'

type Listed = {
  readonly config: RunnableConfig
  readonly options: CheckpointListOptions
  readonly serde: SerializerProtocol
}

/** Thread by thread, in each the newest first. Without a thread in the config, of all threads that can be read. */
export async function* listTuples(
  threads: Threads,
  listed: Listed,
): AsyncGenerator<CheckpointTuple> {
  const { config, options } = listed
  const at = addressOf(config)
  const { limit = Infinity } = options
  let count = 0
  for (const threadId of at === null ? await threads.list() : [at.threadId]) {
    if (count >= limit) return
    for (const tuple of await tuplesOf(threads, threadId, listed)) {
      if (count >= limit) return
      count += 1
      yield tuple
    }
  }
}

async function tuplesOf(
  threads: Threads,
  threadId: string,
  { config, options, serde }: Listed,
): Promise<readonly CheckpointTuple[]> {
  const namespace: unknown = config.configurable?.['checkpoint_ns']
  const id: unknown = config.configurable?.['checkpoint_id']
  const before: unknown = options.before?.configurable?.['checkpoint_id']
  return threads.read(threadId, async ({ thread }) => {
    const points = newestFirst(thread, typeof namespace === 'string' ? namespace : null)
      .filter(({ facts }) => typeof id !== 'string' || id === '' || facts.id === id)
      .filter(({ facts }) => typeof before !== 'string' || facts.id < before)
    const tuples = await Promise.all(
      points.map((point) => tupleOf(point, { serde, thread, threadId })),
    )
    return tuples.filter(({ metadata }) => fits(metadata, options.filter))
  })
}

function fits(metadata: object | undefined, filter: Record<string, unknown> = {}): boolean {
  const found: Readonly<Record<string, unknown>> = { ...metadata }
  return Object.entries(filter).every(([key, value]) => found[key] === value)
}
