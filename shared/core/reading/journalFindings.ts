import type { JournalFlaw, JournalFlawKind, JournalReading } from '../../schema/journalReading.ts'
import { ruleFacts, type StoredRuleId } from '../integrity/storedRules.ts'
import type { Finding } from '../integrity/finding.ts'

/** One finding a flaw of the journal, with its line and byte offset. A torn last line lost nothing that was promised. */
export function journalFindings(journal: JournalReading): Finding[] {
  return journal.flaws.map(findingOf)
}

function findingOf({ kind, line, offset, sentence }: JournalFlaw): Finding {
  const { rule, pointer } = ruleOf[kind]
  return storedFinding(rule, { sentence, offset, line, column: 1, pointer })
}

/** Which rule a flaw breaks, and what of the record it is about. */
const ruleOf = {
  torn: { rule: 'J20', pointer: null },
  'not-json': { rule: 'J21', pointer: null },
  shape: { rule: 'I30', pointer: '' },
  sum: { rule: 'I31', pointer: '/sum' },
  chain: { rule: 'I32', pointer: '/prev' },
  sequence: { rule: 'I33', pointer: '/seq' },
  epoch: { rule: 'I34', pointer: '/epoch' },
} as const satisfies Record<
  JournalFlawKind,
  { readonly rule: StoredRuleId; readonly pointer: string | null }
>

/** A finding of what is stored of a run, by default of its journal; what is not said is not known. */
export function storedFinding(
  rule: StoredRuleId,
  known: Pick<Finding, 'sentence'> & Partial<Finding>,
): Finding {
  const place = { offset: null, line: null, column: null, pointer: null }
  return { ...ruleFacts(rule), file: 'journal', ...place, ...known }
}
