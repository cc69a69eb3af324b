import { damageKind } from '../../repair/damageRanges.ts'
import { applySalvage } from '../../repair/salvage/applySalvage.ts'
import type { DecodedBytes } from '../../repair/salvage/decodeBytes.ts'
import { salvage } from '../../repair/salvage/salvage.ts'
import type { Salvage, SalvageItem } from '../../repair/salvage/salvageResult.ts'
import type { FormatContext, RepairItem } from '../format.ts'

export type SalvagedText = {
  /** Null: no value is left. */
  readonly text: string | null
  readonly items: readonly RepairItem[]
  readonly losses: readonly string[]
  /** `certain`: it says all that the damaged text says. `likely`: it does if each item is right. */
  readonly confidence: RepairItem['confidence']
}

/** Where a part begins in the document: in UTF-16 units, in bytes, and how many lines stand before it. */
export type PartStart = {
  readonly index: number
  readonly offset: number
  readonly lines: number
}

const begin: PartStart = { index: 0, offset: 0, lines: 0 }

/** [R95] A broken text as far as it can be read: guesses are done only where a person accepts them, all else unless they reject it. */
export function salvageText(
  source: string | Uint8Array | DecodedBytes,
  { choices }: Pick<FormatContext, 'choices'>,
  start: PartStart = begin,
): SalvagedText {
  const result = salvage(source)
  const isAccepted = (item: SalvageItem) => {
    if (item.without === null) return true
    const id = idOf(item, start)
    return item.confidence === 'guess'
      ? (choices?.accepted.includes(id) ?? false)
      : !(choices?.rejected.includes(id) ?? false)
  }
  const rejected = result.items.filter((item) => !isAccepted(item)).map(({ id }) => id)
  const losses = lossesOf(result, isAccepted, start)
  return {
    text: applySalvage(result, rejected),
    items: result.items.map((item) => itemOf(item, isAccepted(item), start)),
    losses,
    confidence: confidenceOf(result, losses),
  }
}

/** `kind@start` of the whole document, as a salvage of all of it has it. */
function idOf({ kind, start }: SalvageItem, { index }: PartStart): string {
  return `${kind}@${index + start}`
}

function itemOf(item: SalvageItem, isAccepted: boolean, start: PartStart): RepairItem {
  const { rule, kind, sentence, offset, sizeBytes, line, column, pointer, confidence } = item
  return {
    id: idOf(item, start),
    rule,
    sentence,
    offset: start.offset + offset,
    sizeBytes,
    line: start.lines + line,
    column,
    pointer,
    damage: damageKind(kind),
    confidence,
    isAccepted,
    isChoice: item.without !== null,
  }
}

function confidenceOf(
  { items, stopped }: Salvage,
  losses: readonly string[],
): RepairItem['confidence'] {
  if (losses.length > 0 || stopped !== null) return 'guess'
  return items.every(({ confidence }) => confidence === 'certain') ? 'certain' : 'likely'
}

/** More are not told one by one. */
const mostTold = 10

function lossesOf(
  { items, fragments }: Salvage,
  isAccepted: (item: SalvageItem) => boolean,
  { lines }: PartStart,
): readonly string[] {
  const lossy = items.filter((item) => !isAccepted(item) || !rewrites.has(item.rule))
  const out = fragments.filter(({ isUntrusted, isDocument, confidence }) => {
    return isUntrusted || isDocument || confidence === 'guess'
  })
  const told = [
    ...lossy.map(
      (item) =>
        `Line ${lines + item.line}: ${item.sentence}${isAccepted(item) ? '' : notDone(item)}`,
    ),
    ...out.map(({ line, shown }) => `Line ${lines + line}: in doubt: ${shown.slice(0, 60)}`),
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
  'R51',
])

function notDone({ without }: SalvageItem): string {
  if (without === null) return ''
  return without === 'ends'
    ? ' Not done: the document ends before it.'
    : ' Not done: it is left out.'
}
