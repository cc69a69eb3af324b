import type { StoredRecord } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import { check } from '../integrity/check.ts'
import { checkRecords } from '../integrity/checkRecords.ts'
import type { Finding } from '../integrity/finding.ts'

/** [I90] Errors in what whole files say: of the run in itself, and of how it came about. Without their places, for a row of a list. */
export function runFlaws(run: Run, records: readonly StoredRecord[]): readonly Finding[] {
  return [...check(run), ...checkRecords(records)].filter(({ severity }) => severity === 'error')
}
