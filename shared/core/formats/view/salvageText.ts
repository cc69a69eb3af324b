import { applySalvage } from '../../repair/salvage/applySalvage.ts'
import { salvage } from '../../repair/salvage/salvage.ts'
import type { Salvage, SalvageItem } from '../../repair/salvage/salvageResult.ts'
import type { FormatContext, RepairItem } from '../format.ts'

export type SalvagedText = {
  /** Null: no value is left. */
  readonly text: string | null
  readonly items: readonly RepairItem[]
  readonly losses: readonly string[]
}

/** [R95] A broken text as far as it can be read: guesses are done only where a person accepts them, all else unless they reject it. */
export function salvageText(
  source: string,
  { choices }: Pick<FormatContext, 'choices'>,
): SalvagedText {
  const result = salvage(source)
  const isAccepted = ({ id, confidence, without }: SalvageItem) => {
    if (without === null) return true
    return confidence === 'guess'
      ? (choices?.accepted.includes(id) ?? false)
      : !(choices?.rejected.includes(id) ?? false)
  }
  const rejected = result.items.filter((item) => !isAccepted(item)).map(({ id }) => id)
  return {
    text: applySalvage(result, rejected),
    items: result.items.map((item) => itemOf(item, isAccepted(item))),
    losses: lossesOf(result, isAccepted),
  }
}

function itemOf(item: SalvageItem, isAccepted: boolean): RepairItem {
  const { id, rule, sentence, offset, line, column, pointer, confidence, without } = item
  const place = { offset, line, column, pointer }
  return { id, rule, sentence, ...place, confidence, isAccepted, isChoice: without !== null }
}

/** More are not told one by one. */
const mostTold = 10

function lossesOf(
  { items, fragments }: Salvage,
  isAccepted: (item: SalvageItem) => boolean,
): readonly string[] {
  const lossy = items.filter((item) => !isAccepted(item) || !rewrites.has(item.rule))
  const out = fragments.filter(({ isUntrusted, isDocument, confidence }) => {
    return isUntrusted || isDocument || confidence === 'guess'
  })
  const told = [
    ...lossy.map(
      (item) => `Line ${item.line}: ${item.sentence}${isAccepted(item) ? '' : notDone(item)}`,
    ),
    ...out.map(({ line, shown }) => `Line ${line}: in doubt: ${shown.slice(0, 60)}`),
  ]
  const more = told.length - mostTold
  return more > 0 ? [...told.slice(0, mostTold), `And ${more} more places.`] : told
}

/** Written otherwise, and saying the same. */
const rewrites: ReadonlySet<string> = new Set([
  'R25',
  'R26',
  'R27',
  'R29',
  'R30',
  'R31',
  'R32',
  'R33',
  'R34',
])

function notDone({ without }: SalvageItem): string {
  if (without === null) return ''
  return without === 'ends'
    ? ' Not done: the document ends before it.'
    : ' Not done: it is left out.'
}
