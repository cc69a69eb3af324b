import { z } from 'zod'
import { RedactionReport } from '../core/secrets/redactionReport.ts'
import { RunId } from '../schema/ids.ts'
import { BatchProgress, Ref, type CallRow } from './call.ts'

/** `json`: one document. `jsonl`: the journal, record by record. `patch`: RFC 6902, between two checkpoints. `otlp`: a trace. */
export const ExportForm = z.enum(['json', 'jsonl', 'patch', 'otlp'])
export type ExportForm = z.infer<typeof ExportForm>

/** An export that is under way at the host, known by this until its last piece was read. */
const Token = z.string().regex(/^[a-z0-9]{1,40}$/)
const Size = z.number().int().min(0)

/** A document of another engine, as in `Ref`. */
export const ExportDocument = Ref.pick({ format: true, document: true, item: true })
export type ExportDocument = z.infer<typeof ExportDocument>

const exportInput = {
  /** Runs in Unstuck's own format. */
  runs: z.array(RunId).max(10_000).default([]),
  /** Documents of other engines, each whole; only `json` has room for them. */
  documents: z.array(ExportDocument).max(1_000).default([]),
  as: ExportForm,
  /** Of a patch: checkpoints; null: before anything happened, and now. */
  from: z.string().min(1).nullable().default(null),
  to: z.string().min(1).nullable().default(null),
  /** What attempts wrote; only `json` has room for it. */
  logs: z.boolean().default(false),
  redact: z.boolean().default(true),
}
export const ExportInput = z.object(exportInput)
export type ExportInput = z.infer<typeof ExportInput>

/** A run or a document of which something is missing in the export, or all. */
export const ExportProblem = z.object({ run: z.string(), sentence: z.string() })
export type ExportProblem = z.infer<typeof ExportProblem>

export const ExportEnd = z.object({
  sizeBytes: Size,
  /** `sha256:<hex>` of its bytes. */
  digest: z.string(),
  /** Null: nothing was to be redacted. */
  redaction: RedactionReport.nullable(),
  /** The first 500. */
  problems: z.array(ExportProblem),
})
export type ExportEnd = z.infer<typeof ExportEnd>

export const exportCalls = {
  /** What an export would be now: made whole, and all but its beginning let go. */
  'export.plan': {
    input: ExportInput,
    output: z.object({ name: z.string(), head: z.string(), ...ExportEnd.shape }),
    effect: 'read',
    progress: BatchProgress,
  },
  /** Begins one. The operations log has who took what, and why where nothing was redacted. */
  'export.open': {
    input: z.object({
      ...exportInput,
      reason: z.string().trim().min(1).max(2000).nullable().default(null),
    }),
    output: z.object({ export: Token, name: z.string() }),
    effect: 'write',
  },
  /** The next piece, or the last one again. It is made when it is asked for, so that none is kept. */
  'export.read': {
    input: z.object({ export: Token, piece: Size }),
    output: z.object({
      text: z.string(),
      /** Runs that are through, of those that are exported. */
      done: Size,
      total: Size,
      /** Set with the last piece. */
      end: ExportEnd.nullable(),
    }),
    effect: 'read',
  },
  /** Gives one up. */
  'export.close': {
    input: z.object({ export: Token }),
    output: z.object({}),
    effect: 'read',
  },
} as const satisfies Record<string, CallRow>
