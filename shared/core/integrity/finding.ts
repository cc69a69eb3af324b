import { z } from 'zod'
import { lazyObject } from '../../schema/lazyObject.ts'

/** The worst first. */
export const severities = ['error', 'warning', 'info'] as const
export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

/** One integrity problem: which rule, how bad, where, what is known, and what can be done. */
export const Finding = lazyObject(() => ({
  /** Rule id of SPEC.md, `I1`, `I2`, … */
  rule: z.string(),
  severity: Severity,
  sentence: z.string(),
  /** Which file of the run: `head`, `journal`, `lock`, `document`, `temporary`. */
  file: z.enum(['head', 'journal', 'lock', 'document', 'temporary']),
  /** Byte offset in that file; line and column count from 1. */
  offset: z.number().int().nullable(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** RFC 6901 pointer into that file, of a journal into the record on that line; null where it has no such place. */
  pointer: z.string().nullable(),
  /** RFC 6901 pointer into the run, where the finding is about a value of it: State shows it. */
  state: z.string().optional(),
  /** What can be done about it. */
  remedy: z.string().nullable(),
}))
export type Finding = z.infer<typeof Finding>
