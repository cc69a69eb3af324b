import type { RunRow } from '../../../shared/contract/runs.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { printable } from '../text/printable.ts'

/** [L269] The word that a screen has for it, and that `--status` takes. */
export function statusWord(row: StatusFacts): string {
  return printable(shownStatus(row))
}

type StatusFacts = Pick<RunRow, 'health' | 'liveness' | 'status'> & Partial<Pick<RunRow, 'format'>>
