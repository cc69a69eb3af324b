// What a host holds in memory, as its state file keeps it over a restart. Journal and locks always win over it.
import { z } from 'zod'
import { RunId, StepId } from './ids.ts'
import { Timestamp } from './json.ts'
import { lazyObject } from './lazyObject.ts'

export const hostStateFormat = 'unstuck-host-state'
export const hostStateVersion = 1

const Count = z.number().int().min(0)

/** A run that the host carries, with the definition that it carries out. */
export const RunInProgress = lazyObject(() => ({
  run: RunId,
  workflow: z.string(),
  version: z.string().nullable(),
  /** Path and digest of the definition, as the run recorded them. */
  source: z.string().nullable(),
  digest: z.string().nullable(),
  since: Timestamp,
}))
export type RunInProgress = z.infer<typeof RunInProgress>

/** A gate of a carried run that waits for a person. */
export const PendingApproval = z.object({
  run: RunId,
  step: StepId,
  since: Timestamp,
  /** When it expires; null: never. */
  until: Timestamp.nullable(),
})
export type PendingApproval = z.infer<typeof PendingApproval>

export const HeldRunLock = lazyObject(() => ({
  run: RunId,
  epoch: z.number().int().min(1),
  purpose: z.string(),
  since: Timestamp,
}))
export type HeldRunLock = z.infer<typeof HeldRunLock>

/** A change that was requested, and of which nothing was observed yet; its lines in the operations log have the same id. */
export const OpenOperation = lazyObject(() => ({
  id: z.string(),
  call: z.string(),
  item: z.string(),
  by: z.string(),
  since: Timestamp,
}))
export type OpenOperation = z.infer<typeof OpenOperation>

export const BatchState = z.enum(['running', 'ended', 'cut'])
export type BatchState = z.infer<typeof BatchState>

const FailedRow = lazyObject(() => ({
  item: z.string(),
  outcome: z.enum(['failed', 'stale', 'not-reached']),
  cause: z.string().nullable(),
}))

/** A piece of work on many items. `cut`: its host ended before it did. The items lie in a file of their own. */
export const HostBatch = lazyObject(() => ({
  number: Count,
  call: z.string(),
  by: z.string(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  state: BatchState,
  total: Count,
  /** Rows by what they came to. */
  counts: z.object({ done: Count, failed: Count, stale: Count, notReached: Count }),
  /** The first rows that were not done. */
  failures: z.array(FailedRow),
}))
export type HostBatch = z.infer<typeof HostBatch>

export const HostEvent = lazyObject(() => ({
  number: Count,
  name: z.string(),
  at: Timestamp,
  /** The runs that it named, at most a few; null: any. */
  runs: z.array(z.string()).nullable(),
}))
export type HostEvent = z.infer<typeof HostEvent>

export const HostWorkspace = lazyObject(() => ({
  /** Absolute path. */
  root: z.string(),
  name: z.string(),
  /** Set when a single file was opened. */
  document: z.string().nullable(),
  openedAt: Timestamp,
  /** Null: it was open when this was written. */
  closedAt: Timestamp.nullable(),
  trusted: z.boolean(),
  runs: z.array(RunInProgress),
  approvals: z.array(PendingApproval),
  locks: z.array(HeldRunLock),
  operations: z.array(OpenOperation),
  batches: z.array(HostBatch),
  events: z.array(HostEvent),
}))
export type HostWorkspace = z.infer<typeof HostWorkspace>

export const counterNames = ['batch', 'event'] as const
export type CounterName = (typeof counterNames)[number]

export const HostState = lazyObject(() => ({
  writtenAt: Timestamp,
  /** The process that wrote it. */
  owner: lazyObject(() => ({
    pid: z.number().int(),
    hostName: z.string(),
    application: z.object({ version: z.string(), host: z.enum(['electron', 'browser', 'cli']) }),
    since: Timestamp,
  })),
  /** Of each counter a number that none was given beyond. */
  counters: z.record(z.enum(counterNames), Count),
  workspaces: z.array(HostWorkspace),
}))
export type HostState = z.infer<typeof HostState>
