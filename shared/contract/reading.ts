import { z } from 'zod'
import { StepId } from '../schema/ids.ts'
import { Page, Ref, type CallRow } from './call.ts'
import { HistoryRecord, StateNode } from './runReading.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** A line of the journal: a record, or what stands there instead. The bytes themselves are read with `run.raw`. */
export const JournalLine = z.discriminatedUnion('kind', [
  lazyObject(() => ({ kind: z.literal('record'), ...HistoryRecord.omit({ text: true }).shape })),
  lazyObject(() => ({
    kind: z.literal('flaw'),
    sentence: z.string(),
    offset: z.number().int(),
    sizeBytes: z.number().int(),
  })),
])
export type JournalLine = z.infer<typeof JournalLine>

/** A value of the state in which a text was found. */
export const StateMatch = z.object({
  node: StateNode,
  /** What matched: the last part of its path, the whole path, or the value. */
  where: z.enum(['key', 'path', 'value']),
  /** The value around the place where the text stands; null where only its key or path matched. */
  excerpt: z.string().nullable(),
})
export type StateMatch = z.infer<typeof StateMatch>

/** A line of a log; lines are counted from 1, offsets in bytes. */
export const LogMatch = lazyObject(() => ({
  step: StepId,
  attempt: z.number().int().min(1),
  line: z.number().int().min(1),
  offset: z.number().int(),
  /** Without colours, at most some hundred characters around the place. */
  text: z.string(),
}))
export type LogMatch = z.infer<typeof LogMatch>

const LogPlace = lazyObject(() => ({
  step: StepId,
  attempt: z.number().int().min(1),
  offset: z.number().int().min(0),
  /** The number of the line that begins there. */
  line: z.number().int().min(1),
}))
export type LogPlace = z.infer<typeof LogPlace>

/** A value or a file that a step reads or writes. */
export const StepUse = lazyObject(() => ({
  kind: z.enum(['input', 'variable', 'step', 'item', 'run', 'output', 'file']),
  /** As an expression says it: `steps.build.output`; of a file its path. */
  name: z.string(),
  /** Where it stands in the state; null: nowhere. */
  pointer: z.string().nullable(),
  /** The value as it is now; null where there is none. */
  value: StateNode.nullable(),
}))
export type StepUse = z.infer<typeof StepUse>

const query = z.string().min(1).max(500)

export const readingCalls = {
  /** Lines of the journal from either end, without reading what lies between. */
  'run.records': {
    input: lazyObject(() => ({
      ref: Ref,
      /** Byte where the page begins: lines before it, or from it on. Null: the end that comes first. */
      from: z.number().int().min(0).nullable().default(null),
      descending: z.boolean().default(true),
      limit: z.number().int().min(1).max(500).default(100),
      /** Only records of this step, and of these types. */
      step: z.string().nullable().default(null),
      types: z.array(z.string().max(100)).max(100).nullable().default(null),
    })),
    output: lazyObject(() => ({
      lines: z.array(JournalLine),
      /** Where the next page begins: also of a page that is short because much was looked through. */
      next: z.number().int().nullable(),
      sizeBytes: z.number().int(),
    })),
    effect: 'read',
  },
  /** Values of the state whose key, path or text holds the query, in document order. */
  'state.search': {
    input: lazyObject(() => ({
      ref: Ref,
      checkpoint: z.string().nullable().default(null),
      query,
      /** How many values the pages before have looked at. */
      skip: z.number().int().min(0).default(0),
      limit: Page.limit.default(50),
    })),
    output: lazyObject(() => ({
      matches: z.array(StateMatch),
      /** Null: the whole state was looked at. */
      next: z.number().int().nullable(),
    })),
    effect: 'read',
  },
  /** Lines of the logs of a run that hold the query, step by step in their order, attempt by attempt. */
  'log.search': {
    input: lazyObject(() => ({
      ref: Ref,
      query,
      /** Only the logs of this step, and of this attempt. */
      step: StepId.nullable().default(null),
      attempt: z.number().int().min(1).nullable().default(null),
      from: LogPlace.nullable().default(null),
      limit: Page.limit.default(50),
    })),
    output: lazyObject(() => ({
      matches: z.array(LogMatch),
      /** Null: all was searched. A page may end early because much was searched for it. */
      next: LogPlace.nullable(),
      /** Of the logs up to the end of this page, and of all. */
      searchedBytes: z.number().int(),
      totalBytes: z.number().int(),
    })),
    effect: 'read',
  },
  /** What the definition says that a step looks at, and what came of it. */
  'step.uses': {
    input: z.object({ ref: Ref, step: StepId, checkpoint: z.string().nullable().default(null) }),
    output: z.object({ reads: z.array(StepUse), writes: z.array(StepUse) }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
