import type { LostSteps } from '../../schema/lostSteps.ts'
import type { Run, StepState } from '../../schema/run.ts'
import { effectiveSideEffects, kindOf } from '../../schema/stepMeaning.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { definitionOf } from '../integrity/stepsOf.ts'
import type { Candidate } from './candidate.ts'
import type { Damage } from './damageOf.ts'

/** No record is shorter: its envelope with both sums, and a step of one letter. */
const smallestRecordBytes = 150

/**
 * [R91] Which steps may have begun in records that this source does not know, and how many steps are gone of which nothing
 * tells the name. Null: nothing of that kind is lost. A resume asks before it goes on. [R92]
 */
export function lostSteps({ run, doubts }: Candidate, damage: Damage): LostSteps | null {
  if (run === null) return null
  const records = lostRecords(run, damage)
  const unnamed = doubts === undefined ? 0 : doubts.unnamed
  const maybe = records === 0 ? [] : mayHaveBegun(run, records ?? Infinity)
  if (maybe.length === 0 && unnamed === 0) return null
  return { maybe: [...maybe], unnamed, records }
}

/** At most how many records are missing behind the state; null where nothing limits it. */
function lostRecords({ journal: { seq } }: Run, damage: Damage): number | null {
  const { isJournalMissing, usedSeq, head, isOtherHistory, lostBytes } = damage
  if (isJournalMissing) return null
  const known = Math.max(usedSeq, isOtherHistory ? 0 : (head?.journal.seq ?? 0))
  if (seq >= known && !damage.isEndLost) return 0
  // A wiped block hides how many lines there were: only its size limits them.
  return Math.max(known - seq, Math.floor(lostBytes / smallestRecordBytes), 1)
}

/** Steps that are open, could have begun with so many records, and are no harm only once. */
function mayHaveBegun(run: Run, records: number): readonly string[] {
  const open = Object.entries<StepState>(run.steps).filter(([, state]) => !isSettled(state))
  const isOpen = new Set(open.map(([step]) => step))
  return open.flatMap(([step, { status }]) => {
    // One that is known to have begun is asked about in any case.
    if (status === 'running' || mayRepeat(definitionOf(run, step))) return []
    return 1 + openBefore(run, step, isOpen) <= records ? [step] : []
  })
}

/** Each of the steps before it that are open takes a record of its own. */
function openBefore(run: Run, step: string, isOpen: ReadonlySet<string>): number {
  const seen = new Set<string>()
  const next = [step]
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    for (const need of definitionOf(run, at)?.needs ?? []) {
      if (seen.has(need) || !isOpen.has(need)) continue
      seen.add(need)
      next.push(need)
    }
  }
  return seen.size
}

function isSettled({ status }: StepState): boolean {
  return status === 'succeeded' || status === 'skipped'
}

function mayRepeat(definition: StepDefinition | undefined): boolean {
  if (definition === undefined) return false
  const { onInterrupted, sideEffects } = definition
  if (onInterrupted !== undefined) return onInterrupted === 'rerun'
  // A second run of its own would repeat what succeeded in the first one.
  if (kindOf(definition) === 'workflow') return sideEffects === 'none'
  return effectiveSideEffects(definition) !== 'external'
}
