import type { RepairOutcome } from './repairOutcome.ts'
import type { RepairPlan } from './repairPlan.ts'

/** What is done to which file, in order; the backup comes first. */
export function writesOf(run: string, outcome: RepairOutcome): RepairPlan['writes'] {
  const { cutJournalTo, continueAfterSeq } = outcome
  const backup = {
    file: `.unstuck/backups/${run}/`,
    sentence: 'Head and journal are copied there as they are.',
  }
  const cut =
    cutJournalTo === null
      ? []
      : [{ file: `${run}.jsonl`, sentence: `Everything from byte ${cutJournalTo} on is cut.` }]
  const behind = continueAfterSeq === null ? '' : ` behind record ${continueAfterSeq}`
  const append = {
    file: `${run}.jsonl`,
    sentence: `Two records are added${behind}: what was repaired, and the whole state.`,
  }
  const head = { file: `${run}.json`, sentence: 'The head is replaced by the proposed document.' }
  return [backup, ...cut, append, head]
}
