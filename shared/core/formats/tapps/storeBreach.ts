import type { Breach } from './findings.ts'

/** Of files beside the document: there is no place in the document itself. */
export function storeBreach(
  rule: string,
  severity: Breach['severity'],
  sentence: string,
  remedy: string | null,
): Breach {
  return { rule, severity, sentence, path: null, remedy }
}
