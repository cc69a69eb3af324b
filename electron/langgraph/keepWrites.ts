import type { PendingWrite, SerializerProtocol } from '@langchain/langgraph-checkpoint'
import type { Address } from './address.ts'
import { keep } from './kept.ts'
import type { Threads } from './threads.ts'
import { writesRecords, type Write } from './writesRecords.ts'

export type PutWrites = {
  readonly at: Address & { readonly checkpoint: string }
  readonly writes: readonly PendingWrite[]
  readonly task: string
  readonly path: string
  readonly serde: SerializerProtocol
  readonly by: string
  readonly now: () => string
}

/** [B31] On disk when it resolves. */
export async function keepWrites(opening: Promise<Threads>, put: PutWrites): Promise<void> {
  const { at, writes, task, path, serde, by, now } = put
  const { namespace, checkpoint } = at
  const kept = Promise.all(
    writes.map(async ([channel, value]): Promise<Write> => ({
      channel,
      value: await keep(serde, value),
    })),
  )
  void Promise.allSettled([kept])
  const threads = await opening
  await threads.recordBehind(at.threadId, { namespace, checkpoint }, async ({ run, thread }) => {
    const point = thread.get(namespace)?.get(checkpoint) ?? null
    const call = { run, namespace, checkpoint, task, path, point, at: now(), by }
    return { bodies: writesRecords({ ...call, writes: await kept }), made: null }
  })
}
