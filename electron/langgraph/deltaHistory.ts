import type {
  CheckpointPendingWrite,
  DeltaChannelHistory,
  SerializerProtocol,
} from '@langchain/langgraph-checkpoint'
import { RunId } from '../../shared/schema/ids.ts'
import type { Address } from './address.ts'
import { revive } from './kept.ts'
import type { Point } from './point.ts'
import { newestOf, type Thread } from './thread.ts'
import type { ReadThread, Threads } from './threads.ts'
import { pendingWrites } from './tuple.ts'

type Asked = {
  readonly at: Address
  readonly channels: readonly string[]
  readonly serde: SerializerProtocol
}

/**
 * What checkpoints before one have written to channels that are kept as changes, up to the nearest that has the whole value. A
 * fork goes on in the thread that it was forked from.
 */
export async function deltaHistory(
  threads: Threads,
  { at, channels, serde }: Asked,
): Promise<Record<string, DeltaChannelHistory>> {
  const remaining = new Set(channels)
  const found = new Map(channels.map((channel) => [channel, empty()]))
  const start = await threads.read(at.threadId, async (read) => read)
  const first = pointAt(start.thread, at)
  for await (const point of ancestors(threads, start, first)) {
    if (remaining.size === 0) break
    const writes = await pendingWrites(point, serde)
    for (const channel of remaining) {
      const history = found.get(channel)
      history?.writes.unshift(...writes.filter((write) => write[1] === channel))
      const seed = point.channels[channel]
      if (history === undefined || seed === undefined) continue
      history.seed = await revive(serde, seed)
      remaining.delete(channel)
    }
  }
  return Object.fromEntries(found)
}

function empty(): { writes: CheckpointPendingWrite[]; seed?: unknown } {
  return { writes: [] }
}

function pointAt(thread: Thread, { namespace, checkpoint }: Address): Point | null {
  if (checkpoint === null) return newestOf(thread, namespace)
  return thread.get(namespace)?.get(checkpoint) ?? null
}

async function* ancestors(
  threads: Threads,
  start: ReadThread,
  first: Point | null,
): AsyncGenerator<Point> {
  let read: ReadThread | null = start
  let point = first
  while (point !== null && point.facts.parent !== null && read !== null) {
    const before: Point | null = read.thread.get(point.namespace)?.get(point.facts.parent) ?? null
    if (before === null) read = await forkedFrom(threads, read)
    else yield (point = before)
  }
}

async function forkedFrom(threads: Threads, { run }: ReadThread): Promise<ReadThread | null> {
  const parent = run?.lineage?.relation === 'fork' ? RunId.safeParse(run.lineage.parent) : null
  return parent?.success === true ? threads.ofRun(parent.data) : null
}
