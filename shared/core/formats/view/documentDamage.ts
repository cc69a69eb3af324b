import type { DamageRange } from '../../repair/repairPlan.ts'
import type { FileSet, FormatRepair, RepairItem } from '../format.ts'
import { parseText } from '../text/parseText.ts'
import { salvageLines } from './salvageLines.ts'
import { salvageText } from './salvageText.ts'

/** [F362] Of a repair by any way the bytes of the document that are damaged, each with the item of that way that is about it. */
export function documentDamage(
  set: FileSet,
  shown: { readonly repairs: readonly FormatRepair[]; readonly items: readonly RepairItem[] },
): DamageRange[] {
  const salvaged = shown.repairs.find(({ items }) => items !== undefined)
  const all = salvaged?.items ?? itemsOf(set)
  const known = new Set(shown.items.map(({ id }) => id))
  return all
    .filter(isPlaced)
    .slice(0, mostRanges)
    .map((item) => rangeOf(item, known))
}

/** Ranges beyond this number are many of the same damage: the first tell where it is. */
const mostRanges = 200

function rangeOf(
  { id, damage, offset, sizeBytes, sentence }: RepairItem,
  known: ReadonlySet<string>,
): DamageRange {
  const fix = known.has(id) ? id : null
  return { file: 'document', kind: damage, offset, sizeBytes, fix, sentence }
}

/** What is said of the whole document stands nowhere in it. */
function isPlaced({ rule }: RepairItem): boolean {
  return rule !== 'R51' && rule !== 'F360'
}

/** Where no way keeps anything of it, it is shown all the same what is wrong with it. */
function itemsOf({ document, texts, bytes }: FileSet): readonly RepairItem[] {
  const text = texts.get(document)
  if (text === undefined) return []
  if (bytes === undefined && parseText(text, 'python').kind === 'ok') return []
  const source = bytes ?? text
  return (salvageLines(source, {}) ?? salvageText(source, {})).items
}
