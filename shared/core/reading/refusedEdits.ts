import type { StoredRecord } from '../../schema/journalReading.ts'
import type { Run } from '../../schema/run.ts'
import type { Finding } from '../integrity/finding.ts'
import { applyEdit } from '../run/applyEdit.ts'
import { replay } from '../run/replay.ts'
import { storedFinding } from './journalFindings.ts'

/** Edits that the replay passes over, because they do not fit the run or would make no run of it. */
export function refusedEdits(
  records: readonly StoredRecord[],
  from: Run | null,
): readonly Finding[] {
  let run = from
  let done = 0
  const findings: Finding[] = []
  for (const [index, item] of records.entries()) {
    if (item.kind !== 'known' || item.record.type !== 'edited') continue
    run = replay(records.slice(done, index), { from: run })
    done = index
    if (run !== null && applyEdit(run, item.record.patch) === null) findings.push(refused(item))
  }
  return findings
}

function refused({ record, line, offset }: StoredRecord): Finding {
  const sentence = `The edit of record ${record.seq} does not fit the run and was passed over.`
  return storedFinding('J27', { sentence, line, offset, column: 1, pointer: '/patch' })
}
