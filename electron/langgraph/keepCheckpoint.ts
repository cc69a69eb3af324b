import type {
  ChannelVersions,
  Checkpoint,
  CheckpointMetadata,
  SerializerProtocol,
} from '@langchain/langgraph-checkpoint'
import { isDeepStrictEqual } from 'node:util'
import { put } from '../../shared/core/run/draft.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Address } from './address.ts'
import { keep } from './kept.ts'
import type { Channels, Point } from './point.ts'
import { putRecords, recordId } from './putRecords.ts'
import type { Thread } from './thread.ts'
import type { Threads } from './threads.ts'

export type PutCheckpoint = {
  readonly at: Address
  readonly checkpoint: Checkpoint
  readonly metadata: CheckpointMetadata
  readonly newVersions: ChannelVersions
  readonly serde: SerializerProtocol
  readonly by: string
}

/** [B31] On disk when it resolves. */
export async function keepCheckpoint(
  opening: Promise<Threads>,
  call: PutCheckpoint,
): Promise<void> {
  const { at, checkpoint, metadata, newVersions, serde, by } = call
  // The values as they are now: the graph goes on with them.
  const written = keepValues(serde, checkpoint, newVersions)
  const kept = Promise.all([written, keep(serde, metadata)])
  void Promise.allSettled([kept])
  const threads = await opening
  await threads.record(at.threadId, async ({ run, thread }) => {
    const [values, keptMetadata] = await kept
    const { channel_versions, versions_seen, v, id, ts } = checkpoint
    const point: Point = {
      namespace: at.namespace,
      facts: {
        id,
        ...recordId(run, id),
        parent: at.checkpoint,
        v,
        ts,
        channel_versions: { ...channel_versions },
        versions_seen: structuredClone(versions_seen),
        metadata: keptMetadata,
      },
      channels: await channelsOf(call, values, thread),
      writes: new Map(),
    }
    const bodies = putRecords({ run, point, checkpoint, metadata, by })
    return { bodies, made: { namespace: at.namespace, checkpoint: id } }
  })
}

async function keepValues(
  serde: SerializerProtocol,
  { channel_values }: Checkpoint,
  newVersions: ChannelVersions,
): Promise<Channels> {
  const changed = Object.keys(newVersions).filter((channel) =>
    Object.hasOwn(channel_values, channel),
  )
  const pairs = changed.map(async (channel): Promise<[string, Json]> => [
    channel,
    await keep(serde, channel_values[channel]),
  ])
  return Object.fromEntries(await Promise.all(pairs))
}

/**
 * [B39] What a checkpoint did not change it has from the one before it. One without such a one (a copy of a checkpoint) has it
 * from whichever has that version with that very value.
 */
async function channelsOf(
  call: PutCheckpoint,
  changed: Channels,
  thread: Thread,
): Promise<Channels> {
  const { at, checkpoint, newVersions, metadata, serde } = call
  const points = thread.get(at.namespace)
  const parent = at.checkpoint === null ? undefined : points?.get(at.checkpoint)
  const isLost = at.checkpoint !== null && parent === undefined
  const channels: Record<string, Json> = { ...changed }
  for (const [channel, version] of Object.entries(checkpoint.channel_versions)) {
    if (Object.hasOwn(newVersions, channel)) continue
    if (parent?.facts.channel_versions[channel] === version) {
      const value = parent.channels[channel]
      if (value !== undefined) put(channels, channel, value)
      continue
    }
    if (!Object.hasOwn(checkpoint.channel_values, channel)) continue
    const value = await keep(serde, checkpoint.channel_values[channel])
    const isKnown = [...(points?.values() ?? [])].some(
      ({ facts, channels: other }) =>
        facts.channel_versions[channel] === version && isDeepStrictEqual(other[channel], value),
    )
    if (isKnown || isLost || metadata.source === 'fork') put(channels, channel, value)
  }
  return channels
}
