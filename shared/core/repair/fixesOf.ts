import { pointer as pointerTo } from '../../schema/pointer.ts'
import type { Finding } from '../integrity/finding.ts'
import type { Candidate } from './candidate.ts'
import type { Damage } from './damageOf.ts'
import { recordRange } from './lossesOf.ts'
import { lostCheckpoints } from './lostCheckpoints.ts'
import type { RepairInput } from './repairInput.ts'
import { readableOf } from './readableOf.ts'
import type { RepairFix, RepairSourceKind } from './repairPlan.ts'

/** A fix, and whether the repair can be made without it. */
export type PlannedFix = RepairFix & { readonly isOptional: boolean }

/** Every single thing that is set right, in the order in which it is done. */
export function fixesOf(
  input: RepairInput,
  damage: Damage,
  candidate: Candidate,
): readonly PlannedFix[] {
  return [
    ...journalFixes(damage, input),
    ...sourceFixes(candidate, damage),
    ...doubtFixes(candidate),
    ...editFixes(input, candidate),
    ...checkpointFixes(damage, candidate),
    ...headFixes(input, damage, candidate),
  ]
    .map((fix, _, all) => ({ ...fix, needs: fix.rule === 'R1' ? needsOfHead(all) : fix.needs }))
    .map((fix) => ({ ...fix, accepted: !input.rejected.includes(fix.id) }))
}

/** [R78] The new head says what the files say after all that cannot be left out. */
function needsOfHead(all: readonly PlannedFix[]): string[] {
  return all.filter(({ rule, isOptional }) => rule !== 'R1' && !isOptional).map(({ id }) => id)
}

/** Flaws beyond this number stand behind the first ones and go with the same cut. */
const flawsShown = 50

/** [R2] [R3] */
function journalFixes(
  { flaws, lostBytes, soundBytes }: Damage,
  { lines = [] }: RepairInput,
): readonly PlannedFix[] {
  const shown = flaws.slice(0, flawsShown).map((flaw) => {
    const isTorn = flaw.kind === 'torn'
    const more = flaws.length > flawsShown && flaw === flaws[flawsShown - 1]
    const rest = more ? ` So do ${flaws.length - flawsShown} more lines.` : ''
    return toFix({
      id: `${isTorn ? 'R2' : 'R3'}@${flaw.offset}`,
      rule: isTorn ? 'R2' : 'R3',
      sentence: isTorn
        ? `The last line was cut short while it was written: its ${flaw.sizeBytes} bytes go.`
        : `${flaw.sentence} It goes with the cut at byte ${soundBytes} (${lostBytes} bytes in all).${rest}`,
      file: 'journal',
      offset: flaw.offset,
      line: flaw.line,
      confidence: 'certain',
      reason: readableOf(lines.find(({ offset }) => offset === flaw.offset)?.bytes),
    })
  })
  return shown
}

/** [R4] [R5] [R6] [R7] [R8] */
function sourceFixes(candidate: Candidate, damage: Damage): readonly PlannedFix[] {
  const { run, kind, confidence } = candidate
  const { records, sound, soundSeq, isJournalMissing } = damage
  const seq = run?.journal.seq ?? 0
  const base = { file: 'journal', offset: damage.soundBytes, confidence } as const
  const fixes: PlannedFix[] = []
  if (kind === 'backup')
    fixes.push(
      toFix({
        ...base,
        id: 'R7',
        rule: 'R7',
        sentence: `The state is taken from ${candidate.id}.`,
      }),
    )
  if (kind === 'temporary')
    fixes.push(
      toFix({
        ...base,
        id: 'R74',
        rule: 'R74',
        sentence: 'The state is taken from a file that was left over when it was written.',
        reason: 'Its checksum fits: it is whole, but it never took the place of the head.',
      }),
    )
  if (kind === 'salvage')
    fixes.push(
      toFix({
        ...base,
        id: 'R8',
        rule: 'R8',
        sentence:
          'The state is taken from a head that fails its checksum: its values are untrusted.',
      }),
    )
  if (isJournalMissing) {
    const sentence = 'A new journal begins with this state.'
    fixes.push(toFix({ ...base, id: 'R5', rule: 'R5', sentence }))
  } else if (kind === 'head' && seq > (records.at(-1)?.record.seq ?? 0)) {
    const are = seq === soundSeq + 1 ? 'is' : 'are'
    const sentence = `The journal goes on behind record ${seq}, where the head ends; ${recordRange(soundSeq + 1, seq)} ${are} named as lost.`
    fixes.push(toFix({ ...base, id: 'R6', rule: 'R6', sentence }))
  } else if (records.length > sound.length) {
    const behind = records.length - sound.length
    const [leave, they] =
      behind === 1 ? [' behind the damage leaves', 'it'] : ['s behind the damage leave', 'they']
    const kept = seq > soundSeq ? 'kept' : 'not used'
    const sentence = `${behind} valid record${leave} the journal; what ${they} led to is ${kept}.`
    fixes.push(toFix({ ...base, id: 'R4', rule: 'R4', sentence }))
  }
  return fixes
}

/** More of them are told by their number. */
const doubtsShown = 100

/** [R90] Without them a resume would do such a step a second time. */
function doubtFixes({ doubts }: Candidate): readonly PlannedFix[] {
  if (doubts === undefined) return []
  const more = doubts.steps.length - doubtsShown
  return doubts.steps.slice(0, doubtsShown).map(({ step, said }, index) =>
    toFix({
      id: `R90@${step}`,
      rule: 'R90',
      sentence: `The step ${step} is kept in doubt: the head is cut in what it says of it, or before. A resume asks what became of it.${more > 0 && index === doubtsShown - 1 ? ` So are ${more} more steps.` : ''}`,
      file: 'head',
      ...doubts.place,
      pointer: pointerTo('steps', step),
      confidence: 'certain',
      reason: said === null ? null : `What can be read of it, and is not taken: ${said}`,
    }),
  )
}

/** [R9] */
function editFixes({ reading }: RepairInput, { kind }: Candidate): readonly PlannedFix[] {
  if (kind === 'backup' || kind === 'salvage' || kind === 'temporary') return []
  return reading.findings
    .filter(({ rule }) => rule === 'J27')
    .map(({ offset, line, sentence }) =>
      toFix({
        id: `R9@${offset ?? 0}`,
        rule: 'R9',
        sentence: `${sentence} The state without it is written down.`,
        file: 'journal',
        offset,
        line,
        confidence: 'certain',
      }),
    )
}

/** [R10] */
function checkpointFixes(damage: Damage, { run }: Candidate): readonly PlannedFix[] {
  if (run === null) return []
  return lostCheckpoints(run, damage).map(({ id, name, seq }) =>
    toFix({
      id: `R10@${id}`,
      rule: 'R10',
      sentence: `The checkpoint "${name}" leaves the list: record ${seq}, at which it is, is gone.`,
      file: 'head',
      pointer: `/checkpoints/${run.checkpoints.findIndex((one) => one.id === id)}`,
      confidence: 'certain',
      isOptional: true,
    }),
  )
}

/** [R1] */
function headFixes(
  { reading }: RepairInput,
  { isOtherHistory }: Damage,
  { kind, confidence }: Candidate,
): readonly PlannedFix[] {
  const finding = reading.findings.find(isAboutHead)
  const told = isOtherHistory ? ' It told of another history.' : ''
  const why = finding === undefined ? told : ` ${finding.sentence}`
  const { offset = null, line = null, column = null, pointer = null } = finding ?? {}
  const sentence = `The head is written anew from ${sourceNames[kind]}.${why}`
  const place = { file: 'head', offset, line, column, pointer } as const
  return [toFix({ id: 'R1', rule: 'R1', sentence, confidence, ...place })]
}

const sourceNames = {
  journal: 'the journal',
  head: 'the head',
  backup: 'the backup',
  temporary: 'the temporary file',
  salvage: 'what could be read',
} as const satisfies Record<RepairSourceKind, string>

function isAboutHead({ file, severity }: Finding): boolean {
  return file === 'head' && severity !== 'info'
}

function toFix(
  known: Pick<RepairFix, 'id' | 'rule' | 'sentence' | 'file' | 'confidence'> & Partial<PlannedFix>,
): PlannedFix {
  return {
    offset: null,
    line: null,
    column: null,
    pointer: null,
    accepted: true,
    needs: [],
    reason: null,
    isOptional: false,
    ...known,
  }
}
