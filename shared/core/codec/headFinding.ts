import type { Finding, Severity } from '../integrity/finding.ts'
import { locate } from './locate.ts'

/** What is known of a flaw in a text; `index` counts UTF-16 units, null where it has no place. */
export type TextFlaw = {
  readonly rule: string
  readonly severity: Severity
  readonly sentence: string
  readonly index: number | null
  readonly pointer: string | null
  readonly remedy: string | null
}

/** A finding of the head, with the place in its text. */
export function headFinding(text: string, flaw: TextFlaw): Finding {
  return textFinding(text, { ...flaw, file: 'head' })
}

/** A finding of any text of a run, with the place in it. */
export function textFinding(
  text: string,
  flaw: TextFlaw & { readonly file: Finding['file'] },
): Finding {
  const { rule, severity, sentence, file, pointer, remedy } = flaw
  const place =
    flaw.index === null ? { offset: null, line: null, column: null } : locate(text, flaw.index)
  return { rule, severity, sentence, file, ...place, pointer, remedy }
}
