import type { Candidate } from './candidate.ts'
import { holdsOf } from './holdsOf.ts'
import type { RepairPlan } from './repairPlan.ts'

/** [R76] The source that is taken where nobody chooses, and why that one. */
export function recommend(
  best: Candidate | null,
  all: readonly Candidate[],
  { isSound, isToldByJournal }: { readonly isSound: boolean; readonly isToldByJournal: boolean },
): RepairPlan['recommended'] {
  if (isToldByJournal) return { source: 'journal', why: toldByJournal }
  if (isSound)
    return { source: 'head', why: 'The files are sound: only what the run says is set right.' }
  if (best === null) return null
  const missing = holdsOf(best, all).reduce((sum, one) => sum + one.missing, 0)
  const most =
    missing === 0
      ? 'No other source holds anything that it has not.'
      : 'It is the furthest of those that are proved.'
  return { source: best.id, why: `${reasons[best.kind]} ${most}` }
}

const toldByJournal =
  'The head contradicts itself; the records that led to it, of which each fits the one before, do not.'

const reasons = {
  journal: 'Each of its records fits its checksum and the one before it.',
  head: 'It fits its checksum and is further than the journal.',
  backup: 'Neither head nor journal holds a whole state; the backup fits its checksum.',
  temporary: 'Neither head nor journal holds a whole state; the left-over file fits its checksum.',
  salvage: 'Nothing else is left.',
} as const satisfies Record<Candidate['kind'], string>
