import {
  compareWritesSortKeys,
  maxChannelVersion,
  writesSortKey,
  type Checkpoint,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  type SerializerProtocol,
} from '@langchain/langgraph-checkpoint'
import type { Json } from '../../shared/schema/json.ts'
import { revive } from './kept.ts'
import type { Point } from './point.ts'
import type { Thread } from './thread.ts'

export type Tupled = {
  readonly serde: SerializerProtocol
  readonly thread: Thread
  readonly threadId: string
}

/** A checkpoint as LangGraph reads it. */
export async function tupleOf(point: Point, at: Tupled): Promise<CheckpointTuple> {
  const { serde, thread, threadId } = at
  const { namespace, facts } = point
  const configOf = (id: string) => ({
    configurable: { thread_id: threadId, checkpoint_ns: namespace, checkpoint_id: id },
  })
  // A fork begins without the checkpoints that it was forked behind: they are in the other thread.
  const parent = facts.parent === null ? null : (thread.get(namespace)?.get(facts.parent) ?? null)
  const metadata = (await revive(serde, facts.metadata)) as CheckpointMetadata // as its graph had it
  return {
    config: configOf(facts.id),
    checkpoint: await checkpointOf(point, { serde, parent }),
    metadata,
    pendingWrites: await pendingWrites(point, serde),
    ...(parent === null ? {} : { parentConfig: configOf(parent.facts.id) }),
  }
}

async function checkpointOf(
  { facts, channels }: Point,
  { serde, parent }: { readonly serde: SerializerProtocol; readonly parent: Point | null },
): Promise<Checkpoint> {
  const { v, id, ts, channel_versions, versions_seen } = facts
  const checkpoint: Checkpoint = {
    v,
    id,
    ts,
    channel_values: await revived(serde, channels),
    channel_versions: { ...channel_versions },
    versions_seen: structuredClone(versions_seen),
  }
  return v < 4 && parent !== null ? withSends(checkpoint, parent, serde) : checkpoint
}

async function revived(
  serde: SerializerProtocol,
  kept: { readonly [name: string]: Json },
): Promise<Record<string, unknown>> {
  const pairs = Object.entries(kept).map(async ([name, value]) => [
    name,
    await revive(serde, value),
  ])
  return Object.fromEntries(await Promise.all(pairs))
}

/** Before version 4 the sends of a checkpoint stood among the writes of the one before. */
async function withSends(
  checkpoint: Checkpoint,
  parent: Point,
  serde: SerializerProtocol,
): Promise<Checkpoint> {
  const sends = (await pendingWrites(parent, serde))
    .filter(([, channel]) => channel === tasks)
    .map(([, , value]) => value)
  const versions = Object.values(checkpoint.channel_versions)
  const version = versions.length > 0 ? maxChannelVersion(...versions) : 1
  return {
    ...checkpoint,
    channel_values: { ...checkpoint.channel_values, [tasks]: sends },
    channel_versions: { ...checkpoint.channel_versions, [tasks]: version },
  }
}

/** In the order in which the graph itself applies them. */
export async function pendingWrites(
  { writes }: Point,
  serde: SerializerProtocol,
): Promise<CheckpointPendingWrite[]> {
  const all = [...writes.values()].flatMap(({ task, path, writes: own }) =>
    own.map(({ index, channel, value }) => ({
      task,
      channel,
      value,
      key: writesSortKey(path, task, index),
    })),
  )
  const sorted = all.toSorted((one, other) => compareWritesSortKeys(one.key, other.key))
  return Promise.all(
    sorted.map(async ({ task, channel, value }): Promise<CheckpointPendingWrite> => [
      task,
      channel,
      await revive(serde, value),
    ]),
  )
}

const tasks = '__pregel_tasks'
