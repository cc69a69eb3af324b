import { z } from 'zod'
import {
  BatchState,
  HeldRunLock,
  HostEvent,
  OpenOperation,
  PendingApproval,
  RunInProgress,
} from '../schema/hostState.ts'
import type { CallRow } from './call.ts'
import { lazyObject } from '../schema/lazyObject.ts'

const counted = <Item extends z.ZodType>(item: Item) =>
  z.object({ total: z.number().int(), shown: z.array(item) })

/** `unfinished`: it was begun, and nothing was observed of it: whether it happened has to be looked at. */
export const CutRow = lazyObject(() => ({
  item: z.string(),
  outcome: z.enum(['done', 'failed', 'stale', 'unfinished', 'not-reached']),
  cause: z.string().nullable(),
}))
export type CutRow = z.infer<typeof CutRow>

export const BatchFacts = lazyObject(() => ({
  /** Never given twice. */
  number: z.number().int(),
  call: z.string(),
  by: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  state: BatchState,
  total: z.number().int(),
  counts: lazyObject(() => ({
    done: z.number().int(),
    failed: z.number().int(),
    stale: z.number().int(),
    unfinished: z.number().int(),
    notReached: z.number().int(),
  })),
  /** Of a cut batch every row, those that need a look first; of the others those that were not done. */
  rows: counted(CutRow),
  /** What is not known of it; null: nothing. */
  problem: z.string().nullable(),
}))
export type BatchFacts = z.infer<typeof BatchFacts>

/** Where what the state file said is not so any more. */
export const HostDifference = lazyObject(() => ({
  about: z.enum(['run', 'approval', 'lock', 'operation', 'batch', 'definition', 'trust']),
  item: z.string(),
  said: z.string(),
  now: z.string(),
}))
export type HostDifference = z.infer<typeof HostDifference>

export const StateFileFacts = lazyObject(() => ({
  path: z.string(),
  /**
   * `kept`: this host writes it; `shared`: another one does, and this host keeps nothing; `read`: it is only looked at;
   * `failed`: it cannot be written.
   */
  use: z.enum(['kept', 'shared', 'read', 'failed']),
  writtenAt: z.string().nullable(),
  /** When the state was written that this host began with; null: it began with none. */
  restoredFrom: z.string().nullable(),
  /** Where the file was put that could not be used; null: it could, or there was none. */
  setAside: z.string().nullable(),
  /** What is wrong with it, and what to do. */
  problem: z.string().nullable(),
}))
export type StateFileFacts = z.infer<typeof StateFileFacts>

export const HostFacts = lazyObject(() => ({
  /** The process whose memory this is: of a file that is only looked at, the one that wrote it. */
  process: lazyObject(() => ({
    pid: z.number().int(),
    hostName: z.string(),
    application: z.object({ version: z.string(), host: z.enum(['electron', 'browser', 'cli']) }),
    since: z.string(),
    isAlive: z.boolean(),
  })),
  stateFile: StateFileFacts.nullable(),
  /** The last number that each counter gave, or may have given. */
  counters: z.record(z.string(), z.number().int()),
  workspaces: counted(
    z.object({
      path: z.string(),
      name: z.string(),
      openedAt: z.string(),
      closedAt: z.string().nullable(),
    }),
  ),
  trusted: z.boolean(),
  definitions: counted(
    z.object({
      workflow: z.string(),
      version: z.string().nullable(),
      source: z.string().nullable(),
      digest: z.string().nullable(),
      runs: z.number().int(),
    }),
  ),
  runs: counted(RunInProgress),
  approvals: counted(PendingApproval),
  locks: counted(HeldRunLock),
  operations: counted(OpenOperation),
  events: counted(HostEvent),
  /** Those that were cut first, then the newest. */
  batches: counted(BatchFacts),
  differences: counted(HostDifference),
}))
export type HostFacts = z.infer<typeof HostFacts>

export const hostCalls = {
  /** What the host holds in memory, what it began with, and where that is not so any more. */
  'host.get': { input: z.object({}), output: HostFacts, effect: 'read' },
  /** Cut batches and differences were seen: they are not shown again. Null: all of them. */
  'host.dismiss': {
    input: lazyObject(() => ({
      batches: z.array(z.number().int()).min(1).nullable().default(null),
    })),
    output: HostFacts,
    effect: 'write',
  },
} as const satisfies Record<string, CallRow>
