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
  const append = { file: `${run}.jsonl`, sentence: appended(outcome, behind) }
  const head = { file: `${run}.json`, sentence: 'The head is replaced by the proposed document.' }
  const evidence = {
    file: `.unstuck/backups/${run}/`,
    sentence:
      'What is found and what is planned is packed with the files into one file of evidence.',
  }
  return [backup, evidence, ...cut, append, head]
}

function appended({ isStateOnly, edit }: RepairOutcome, behind: string): string {
  if (isStateOnly) return 'Two records are added: the repair, and an edit with its reasons.'
  const last = edit === null ? '' : ', then an edit with its reasons'
  return `${edit === null ? 'Two' : 'Three'} records are added${behind}: what was repaired, and the whole state${last}.`
}
