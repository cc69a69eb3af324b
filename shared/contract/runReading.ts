// One run, read: its steps, checkpoints, journal, logs, bytes, and values of its state.
import { z } from 'zod'
import { Finding } from '../core/integrity/finding.ts'
import { StepId } from '../schema/ids.ts'
import { Checkpoint } from '../schema/run.ts'
import { Page, Ref, SliceInput, TextSlice, type CallRow } from './call.ts'
import { Health, RunDetail, StepView } from './runs.ts'
import { lazyObject } from '../schema/lazyObject.ts'

/** A value in the state, with one page of its children. */
export const StateNode = lazyObject(() => ({
  pointer: z.string(),
  key: z.string(),
  type: z.enum(['object', 'array', 'string', 'number', 'boolean', 'null']),
  /** Children of an object or array; characters of a string; else 0. */
  size: z.number().int(),
  /** The value itself when it is a short scalar, else the start of it. */
  preview: z.string(),
  truncated: z.boolean(),
}))
export type StateNode = z.infer<typeof StateNode>

export const HistoryRecord = lazyObject(() => ({
  seq: z.number().int(),
  at: z.string(),
  type: z.string(),
  step: z.string().nullable(),
  /** One sentence of what it says. */
  sentence: z.string(),
  offset: z.number().int(),
  sizeBytes: z.number().int(),
  /** The line as it stands in the journal, at most 16 KiB of it. */
  text: z.string(),
}))
export type HistoryRecord = z.infer<typeof HistoryRecord>

export const runCalls = {
  /**
   * A run or document as a whole: its row, why it does not move, its findings, gates, lineage and who holds it.
   * `not-found` where it is gone.
   */
  'run.get': {
    input: lazyObject(() => ({
      ref: Ref,
      /** What is not waited for: the answer has none of it. `run.forks` tells it by itself. */
      leaveOut: z.array(z.literal('forks')).max(1).optional(),
    })),
    output: RunDetail,
    effect: 'read',
  },
  /** Runs that were forked from this one: every run of the workspace is looked at for it. */
  'run.forks': {
    input: z.object({ ref: Ref }),
    output: lazyObject(() => RunDetail.pick({ forks: true }).shape),
    effect: 'read',
  },
  /** The steps of a run in the order of its definition, those that have not run too, in pages. */
  'run.steps': {
    input: z.object({ ref: Ref, ...Page }),
    output: z.object({ steps: z.array(StepView), total: z.number().int() }),
    effect: 'read',
  },
  /** The states of a run that can be opened, compared and resumed from, oldest first, in pages. */
  'run.checkpoints': {
    input: z.object({ ref: Ref, ...Page }),
    output: z.object({ checkpoints: z.array(Checkpoint), total: z.number().int() }),
    effect: 'read',
  },
  /**
   * The records of the journal, in pages from either end. A record that cannot be read is told as a finding beside
   * them.
   */
  'run.history': {
    input: lazyObject(() => ({
      ref: Ref,
      /** Newest first when descending; `fromSeq` is where the page starts, null for the end. */
      fromSeq: z.number().int().nullable().default(null),
      descending: z.boolean().default(true),
      limit: z.number().int().min(1).max(500).default(100),
    })),
    output: lazyObject(() => ({
      records: z.array(HistoryRecord),
      nextSeq: z.number().int().nullable(),
      total: z.number().int(),
      flaws: z.array(Finding),
    })),
    effect: 'read',
  },
  /** A slice of what an attempt of a step wrote. `not-found` where nothing was kept of it. */
  'run.log': {
    input: lazyObject(() => ({
      ref: Ref,
      step: StepId,
      attempt: z.number().int().min(1),
      /** Asks for the number of the first line: what lies before the slice is counted through. */
      numbered: z.boolean().optional(),
      ...SliceInput,
    })),
    output: TextSlice.extend({ firstLine: z.number().int().optional() }),
    effect: 'read',
  },
  /** A slice of a file as it lies on the disk, damaged or not. */
  'run.raw': {
    input: lazyObject(() => ({
      ref: Ref,
      file: z.enum(['head', 'journal', 'document']),
      /** `hex`: two digits a byte. As text, what is not UTF-8 is U+FFFD. */
      encoding: z.enum(['text', 'hex']).default('text'),
      numbered: z.boolean().optional(),
      /** Of a document as text: decompressed, and in the encoding that it is written in. Offsets count its own bytes then. */
      decoded: z.boolean().optional(),
      ...SliceInput,
    })),
    output: TextSlice.extend({
      firstLine: z.number().int().optional(),
      /** Of a document that is decoded, where it is not UTF-8 as it lies. */
      written: z
        .object({
          encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be']),
          packing: z.enum(['gzip', 'zstd']).nullable(),
        })
        .optional(),
    }),
    effect: 'read',
  },
  /** A value of the state by its pointer (RFC 6901), and a page of what it holds. */
  'state.read': {
    input: lazyObject(() => ({
      ref: Ref,
      /** Null: as it is now. */
      checkpoint: z.string().nullable().default(null),
      pointer: z.string().default(''),
      /** The page in which this child stands, whatever the offset says. */
      child: z.string().optional(),
      ...Page,
    })),
    output: lazyObject(() => ({
      node: StateNode,
      /** Fewer than the limit where they would be too much for one message. */
      children: z.array(StateNode),
      total: z.number().int(),
      /** Where the page begins. */
      offset: z.number().int().optional(),
    })),
    effect: 'read',
  },
  /** A value as JSON text, in slices. */
  'state.value': {
    input: lazyObject(() => ({
      ref: Ref,
      checkpoint: z.string().nullable().default(null),
      pointer: z.string().default(''),
      ...SliceInput,
    })),
    output: TextSlice,
    effect: 'read',
  },
  /** Reads every byte of a run or document and says what is wrong, with the place of each finding. */
  'run.check': {
    input: z.object({ ref: Ref }),
    output: z.object({ item: z.string(), health: Health, findings: z.array(Finding) }),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
