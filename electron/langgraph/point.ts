import { z } from 'zod'
import { Json } from '../../shared/schema/json.ts'

const Version = z.union([z.number(), z.string()])
const Versions = z.record(z.string(), Version)

/** What a checkpoint says of itself, as it stands in the state; the names are LangGraph's own. */
export const PointFacts = z.looseObject({
  id: z.string(),
  /** By which id the screens know it, where that is another one. */
  record: z.string().optional(),
  parent: z.string().nullable(),
  v: z.number(),
  ts: z.string(),
  channel_versions: Versions,
  versions_seen: z.record(z.string(), Versions),
  metadata: Json,
})
export type PointFacts = z.infer<typeof PointFacts>

/** A subgraph stands in one variable. */
export const Subgraph = z.looseObject({
  checkpoint: PointFacts,
  channels: z.record(z.string(), Json),
})

/** What one task has written for one checkpoint. */
export const TaskWrites = z.looseObject({
  namespace: z.string(),
  checkpoint: z.string(),
  task: z.string(),
  path: z.string(),
  /** Null for what no node has written: the input, the answer to an interrupt. */
  step: z.string().nullable(),
  writes: z.array(z.looseObject({ index: z.number(), channel: z.string(), value: Json })),
})
export type TaskWrites = z.infer<typeof TaskWrites>

export type Channels = { readonly [channel: string]: Json }

/** A checkpoint of LangGraph: what it says of itself, the values of its channels, and what its tasks have written since. */
export type Point = {
  readonly namespace: string
  readonly facts: PointFacts
  readonly channels: Channels
  /** By task. */
  readonly writes: ReadonlyMap<string, TaskWrites>
}
