import type { JournalFlaw, JournalReading } from '../../schema/journalReading.ts'
import type { Finding } from '../integrity/finding.ts'

/** One finding a flaw of the journal, with its line and byte offset. A torn last line lost nothing that was promised. */
export function journalFindings(journal: JournalReading): Finding[] {
  return journal.flaws.map(findingOf)
}

function findingOf({ kind, line, offset, sentence }: JournalFlaw): Finding {
  const isTorn = kind === 'torn'
  return journalFinding({
    rule: isTorn ? 'J20' : 'J21',
    severity: isTorn ? 'warning' : 'error',
    sentence,
    offset,
    line,
    remedy: isTorn
      ? 'The next write backs up the torn bytes and cuts them.'
      : 'Repair goes on from the last valid record, the head or the next keyframe.',
  })
}

/** A finding about the journal; what is not said is not known. */
export function journalFinding(
  known: Pick<Finding, 'rule' | 'severity' | 'sentence'> & Partial<Finding>,
): Finding {
  return {
    file: 'journal',
    offset: null,
    line: null,
    column: null,
    pointer: null,
    remedy: null,
    ...known,
  }
}
