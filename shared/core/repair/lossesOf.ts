import type { Candidate } from './candidate.ts'
import type { Damage } from './damageOf.ts'
import { lostCheckpoints } from './lostCheckpoints.ts'

/** What taking the state from there would lose, one sentence each. */
export function lossesOf({ run, kind }: Candidate, damage: Damage): string[] {
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
  return losses
}

export function recordRange(from: number, to: number): string {
  return from === to ? `record ${from}` : `records ${from} to ${to}`
}
