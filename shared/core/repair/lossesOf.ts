import { lostSentence } from '../../schema/lostSteps.ts'
import type { Candidate } from './candidate.ts'
import type { Damage } from './damageOf.ts'
import { lostCheckpoints } from './lostCheckpoints.ts'
import { lostSteps } from './lostSteps.ts'

/** What taking the state from there would lose, one sentence each. */
export function lossesOf(candidate: Candidate, damage: Damage): string[] {
  const { run, kind } = candidate
  if (run === null) return []
  const known = Math.max(
    damage.usedSeq,
    damage.isOtherHistory ? 0 : (damage.head?.journal.seq ?? 0),
  )
  const { seq } = run.journal
  const losses: string[] = []
  if (seq < known) losses.push(`What ${recordRange(seq + 1, known)} had changed.`)
  if (damage.lostBytes > 0 && damage.flaws.some((flaw) => flaw.kind !== 'torn'))
    losses.push(
      `The history from byte ${damage.soundBytes} of the journal on (${damage.lostBytes} bytes): it stays in the backup.`,
    )
  if (damage.isJournalMissing && seq > 0)
    losses.push(`The history of ${recordRange(1, seq)}: the journal is not there.`)
  const gone = lostCheckpoints(run, damage)
  if (gone.length > 0)
    losses.push(
      `${gone.length} checkpoint${gone.length === 1 ? '' : 's'} whose records are gone: ${gone
        .slice(0, 5)
        .map(({ name }) => `"${name}"`)
        .join(', ')}${gone.length > 5 ? ', …' : ''}.`,
    )
  if (kind === 'salvage') losses.push('The proof: nothing says that its values are as they were.')
  return [...losses, ...lossesOfSteps(candidate, damage)]
}

/** [R90] [R91] */
function lossesOfSteps(candidate: Candidate, damage: Damage): readonly string[] {
  const doubts = candidate.doubts?.steps ?? []
  const lost = lostSteps(candidate, damage)
  const asked = `What became of ${doubts.length === 1 ? 'the step' : `${doubts.length} steps:`} ${doubts
    .slice(0, 5)
    .map(({ step }) => step)
    .join(', ')}${doubts.length > 5 ? ', …' : ''}: a resume asks.`
  return [...(doubts.length === 0 ? [] : [asked]), ...(lost === null ? [] : [lostSentence(lost)])]
}

export function recordRange(from: number, to: number): string {
  return from === to ? `record ${from}` : `records ${from} to ${to}`
}
