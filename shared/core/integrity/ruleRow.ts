import type { Severity } from './finding.ts'

export const ruleScopes = [
  'text',
  'checksum',
  'chain',
  'schema',
  'version',
  'status',
  'attempts',
  'transitions',
  'references',
  'times',
  'progress',
  'definition',
  'files',
] as const
export type RuleScope = (typeof ruleScopes)[number]

/** A rule of integrity as data: what `unstuck check --rules` lists. */
export type RuleRow = {
  /** As in SPEC.md. */
  readonly id: string
  readonly scope: RuleScope
  readonly severity: Severity
  /** What has to be true. */
  readonly sentence: string
  /** What can be done about a breach; null where looking at it is all there is. */
  readonly remedy: string | null
}
