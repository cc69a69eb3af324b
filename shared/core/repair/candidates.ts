import type { Run } from '../../schema/run.ts'
import { replay } from '../run/replay.ts'
import type { Candidate } from './candidate.ts'
import type { Damage } from './damageOf.ts'
import { holdsOf } from './holdsOf.ts'
import { lossesOf } from './lossesOf.ts'
import type { RepairInput } from './repairInput.ts'
import type { RepairSource } from './repairPlan.ts'
import { salvagedHead } from './salvagedHead.ts'

/** Sources in the order in which they are tried where none is further than another. */
export function candidates(input: RepairInput, damage: Damage): readonly Candidate[] {
  return [
    ...journalCandidates(damage),
    ...headCandidates(damage),
    ...input.backups.map(({ id, at, run }): Candidate => ({
      id: `backup:${id}`,
      kind: 'backup',
      sentence: `The head as it was backed up at ${at}${seqPhrase(run)}.`,
      run,
      confidence: 'likely',
    })),
    ...(input.temporaries ?? []).map(({ path, run }): Candidate => ({
      id: `temporary:${path}`,
      kind: 'temporary',
      sentence: `The file ${path}, left over when it was written${seqPhrase(run)}.`,
      run,
      confidence: 'likely',
    })),
    ...salvageCandidates(input, damage),
  ].map((candidate) => ownRun(input, candidate))
}

/** The source that is named, or the one that knows most; a backup or left-over file only where nothing else is left, a salvage never. */
export function chooseCandidate(
  all: readonly Candidate[],
  source: string | null,
): Candidate | null {
  const usable = all.filter(({ run }) => run !== null)
  if (source !== null) return usable.find(({ id }) => id === source) ?? null
  const proven = usable.filter(({ kind }) => kind === 'journal' || kind === 'head')
  const [first, ...others] = proven
  if (first === undefined) {
    const spare = usable.filter(({ kind }) => kind === 'backup' || kind === 'temporary')
    return spare.reduce<Candidate | null>(further, null)
  }
  return others.reduce((best, one) => (seqOf(one) > seqOf(best) ? one : best), first)
}

export function toSource(
  candidate: Candidate,
  { damage, all }: { readonly damage: Damage; readonly all: readonly Candidate[] },
): RepairSource {
  const { id, kind, sentence, run } = candidate
  const loses = lossesOf(candidate, damage)
  return { id, kind, sentence, usable: run !== null, loses, holds: holdsOf(candidate, all) }
}

function journalCandidates(damage: Damage): readonly Candidate[] {
  if (damage.isJournalMissing) return []
  const { records, sound, flaws } = damage
  const whole: Candidate = {
    id: 'journal',
    kind: 'journal',
    sentence:
      records.length > sound.length
        ? 'The journal, gone on with at the first record behind the damage that can be understood'
        : 'The journal, replayed from its beginning',
    run: replay(records),
    confidence: damage.isOtherHistory ? 'likely' : 'certain',
  }
  const isCutInside = flaws.length > 0 && records.length > sound.length
  const found = isCutInside ? [whole, journalStart(sound)] : [whole]
  return found.map((one) => ({ ...one, sentence: `${one.sentence}${seqPhrase(one.run)}.` }))
}

function journalStart(sound: Damage['sound']): Candidate {
  return {
    id: 'journal-start',
    kind: 'journal',
    sentence: 'The journal up to the damage, without what comes behind it',
    run: replay(sound),
    confidence: 'certain',
  }
}

function headCandidates(damage: Damage): readonly Candidate[] {
  const { head, records, isOtherHistory, isHeadMissing } = damage
  if (isHeadMissing) return []
  const after = records.filter(({ record }) => record.seq > (head?.journal.seq ?? 0))
  const run = head === null || isOtherHistory ? head : replay(after, { from: head })
  const withRecords = run !== head ? ', and the records behind it' : ''
  return [
    {
      id: 'head',
      kind: 'head',
      sentence: `The head as it is on disk${withRecords}${seqPhrase(run)}.`,
      run,
      confidence: isOtherHistory ? 'likely' : 'certain',
    },
  ]
}

function salvageCandidates(
  { head, document, lastAttempts = {}, sha256 }: RepairInput,
  { unverified, records }: Damage,
): readonly Candidate[] {
  if (unverified === null) {
    if (head === null || !('text' in head)) return []
    const seq = records.at(-1)?.record.seq ?? 0
    return salvagedHead(head.text, { document, seq, lastAttempts, sha256 })
  }
  const sentence = `What the head says although its checksum does not fit${seqPhrase(unverified)}.`
  return [{ id: 'salvage', kind: 'salvage', sentence, run: unverified, confidence: 'untrusted' }]
}

function further(best: Candidate | null, one: Candidate): Candidate {
  return best === null || seqOf(one) > seqOf(best) ? one : best
}

/** The state of another run is no source, wherever it lies. */
function ownRun({ document }: RepairInput, candidate: Candidate): Candidate {
  const { run } = candidate
  if (run === null || run.id === document) return candidate
  const sentence = `${candidate.sentence} It belongs to the run ${run.id}.`
  return { ...candidate, sentence, run: null }
}

function seqPhrase(run: Run | null): string {
  return run === null ? ': it cannot be read' : `: up to record ${run.journal.seq}`
}

function seqOf({ run }: Candidate): number {
  return run?.journal.seq ?? -1
}
