import type { Run } from '../../schema/run.ts'
import type { Severity } from './finding.ts'

/** One place where a rule is broken, as an RFC 6901 pointer into the run. */
export type Breach = { readonly pointer: string; readonly sentence: string }

/** One thing that must be true of every run, as data. */
export type IntegrityRule = {
  readonly id: string
  readonly severity: Severity
  /** What can be done about a breach; null where looking at it is all there is. */
  readonly remedy: string | null
  readonly check: (run: Run) => readonly Breach[]
}
