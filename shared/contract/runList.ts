// Which runs there are: a page of them, how many, and in which groups.
import { z } from 'zod'
import { RunFilter, wordFields } from '../schema/runCondition.ts'
import { Page, type CallRow } from './call.ts'
import { RunRow, RunSort, RunView } from './runs.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** Which runs are meant: all of these have to fit. */
const Which = {
  view: RunView.default('all'),
  text: z.string().max(500).default(''),
  filter: RunFilter.default([]),
}

/** How far documents were searched for what is asked of the state. */
export const StateSearch = lazyObject(() => ({
  searched: z.number().int(),
  of: z.number().int(),
  found: z.number().int(),
}))
export type StateSearch = z.infer<typeof StateSearch>

/** How many rows there are so far, while the files of a workspace are listed for the first time. */
export const FilesListed = lazyObject(() => ({ listed: z.number().int() }))
export type FilesListed = z.infer<typeof FilesListed>

/** Whether to answer with what was found in half a second; else the whole search is waited for. */
const partial = z.boolean().default(false)

/** Runs of a group, and the conditions that only they fit. */
export const RunGroup = lazyObject(() => ({
  /** Null: those that have none. */
  value: z.string().nullable(),
  /** Of a version, its workflow. */
  workflow: z.string().nullable().optional(),
  count: z.number().int(),
  /** How many there are of each status, by the words that stand for a run in the list. */
  statuses: z.record(z.string(), z.number().int()),
  newestAt: z.string().nullable(),
  filter: RunFilter,
}))
export type RunGroup = z.infer<typeof RunGroup>

export const listCalls = {
  /**
   * A page of the runs and documents that match, sorted, and how many there are. An index answers that is checked
   * against the folder; `progress` tells of the first look at the files, and of a search inside states.
   */
  'run.list': {
    input: z.object({
      ...Which,
      partial,
      sort: RunSort.default({ column: 'since', descending: true }),
      ...Page,
    }),
    output: lazyObject(() => ({
      rows: z.array(RunRow),
      /** Rows that match; `counts` are of the whole workspace, one a view. */
      total: z.number().int(),
      counts: z.record(RunView, z.number().int()),
      /** Rows that were told by the start of their heads: nobody has read all of these runs yet. */
      unverified: z.number().int().optional(),
      /** Set on a page that is shown before anything was looked at: how things were then. */
      asOf: z.string().optional(),
      /** Set while not all documents are searched: `total` is what was found so far. */
      searching: StateSearch.optional(),
    })),
    effect: 'read',
    progress: z.union([FilesListed, StateSearch]),
  },
  /** How many runs fit each of these; null where the state has to be searched first. */
  'run.count': {
    input: lazyObject(() => ({ queries: z.array(z.object(Which)).min(1).max(100) })),
    output: lazyObject(() => ({ totals: z.array(z.number().int().nullable()) })),
    effect: 'read',
  },
  /** The same runs in groups, the largest first; those that have no value last. */
  'run.groups': {
    input: z.object({ ...Which, partial, by: z.enum(wordFields), ...Page }),
    output: lazyObject(() => ({
      groups: z.array(RunGroup),
      /** Groups, and runs in all of them. */
      total: z.number().int(),
      runs: z.number().int(),
      searching: StateSearch.optional(),
    })),
    effect: 'read',
    progress: StateSearch,
  },
} as const satisfies Record<string, CallRow>
