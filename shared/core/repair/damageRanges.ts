import type { JournalFlaw } from '../../schema/journalReading.ts'
import type { Damage } from './damageOf.ts'
import type { RepairInput } from './repairInput.ts'
import type { DamageRange, RepairFix } from './repairPlan.ts'
import { salvageBroken } from './salvageFindings.ts'
import type { SalvageItem, SalvageKind } from './salvage/salvageResult.ts'

/** Ranges beyond this number are many of the same damage: the first tell where it is. */
const mostRanges = 200

/** [R97] The very bytes that are damaged, in both files, each with the fix that is about it. */
export function damageRanges(
  input: RepairInput,
  damage: Damage,
  fixes: readonly Pick<RepairFix, 'id' | 'rule'>[],
): DamageRange[] {
  const known = new Set(fixes.map(({ id }) => id))
  const journal = damage.flaws.map((flaw) => journalRange(flaw, input))
  const head = salvageBroken(input).map(headRange)
  return [...head, ...journal, ...rangeThatGoes(damage)]
    .slice(0, mostRanges)
    .map((range) => ({ ...range, fix: known.has(range.fix ?? '') ? range.fix : null }))
}

function journalRange(flaw: JournalFlaw, { lines = [] }: RepairInput): DamageRange {
  const { kind, offset, sizeBytes, sentence } = flaw
  const bytes = lines.find((line) => line.offset === offset)?.bytes
  const wiped = bytes === undefined ? null : zerosIn(bytes)
  const fix = `${kind === 'torn' ? 'R2' : 'R3'}@${offset}`
  const base = { file: 'journal', fix, sentence } as const
  if (wiped !== null)
    return { ...base, kind: 'wiped', offset: offset + wiped.start, sizeBytes: wiped.length }
  return { ...base, kind: kind === 'torn' ? 'cut' : 'broken', offset, sizeBytes }
}

/** The first block of zeros; a single one is no block. */
function zerosIn(bytes: Uint8Array): { readonly start: number; readonly length: number } | null {
  const start = bytes.indexOf(0)
  if (start === -1) return null
  const end = bytes.findIndex((byte, index) => index > start && byte !== 0)
  const length = (end === -1 ? bytes.length : end) - start
  return length > 1 ? { start, length } : null
}

function headRange({ kind, offset, sizeBytes, sentence }: SalvageItem): DamageRange {
  return { file: 'head', kind: damageKind(kind), offset, sizeBytes, fix: 'R1', sentence }
}

/** What a salvage calls an item, as one of the few kinds that are marked. */
export function damageKind(kind: SalvageKind): DamageRange['kind'] {
  return kinds[kind] ?? 'broken'
}

const kinds: { readonly [K in SalvageKind]?: DamageRange['kind'] } = {
  zeroed: 'wiped',
  zeroedEnd: 'wiped',
  cut: 'cut',
  cutNumber: 'cut',
  cutString: 'cut',
  cutWord: 'cut',
}

/** What is whole behind the first flaw leaves the journal with it. */
function rangeThatGoes({ flaws, records, sound, soundBytes, lostBytes }: Damage): DamageRange[] {
  if (flaws.length === 0 || records.length === sound.length) return []
  const sentence = `Everything from byte ${soundBytes} on leaves the journal; it stays in the backup.`
  const what = { kind: 'goes', offset: soundBytes, sizeBytes: lostBytes, fix: 'R4' } as const
  return [{ file: 'journal', ...what, sentence }]
}
