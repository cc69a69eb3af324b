import { invariant } from '../../../assert.ts'
import { decodeBytes, type DecodedBytes } from '../../repair/salvage/decodeBytes.ts'
import { placesOf } from '../../repair/salvage/places.ts'
import { salvageKinds } from '../../repair/salvage/salvageResult.ts'
import { holdsEscapedByte } from '../../repair/salvage/scanStrict.ts'
import type { FormatContext, RepairItem } from '../format.ts'
import { openText } from './openText.ts'
import { salvageText, type PartStart, type SalvagedText } from './salvageText.ts'

/** [R95] Only the lines that are damaged change. Null: the source is no text with a value a line, from its first line on. */
export function salvageLines(
  source: string | Uint8Array,
  context: Pick<FormatContext, 'choices'>,
): SalvagedText | null {
  const decoded = typeof source === 'string' ? plain(source) : decodeBytes(source)
  const lines = linesOf(decoded)
  const told = lines.filter(({ text }) => text.trim() !== '')
  const whole = told.filter(({ text }) => isValue(text))
  if (whole.length <= 1 || whole[0] !== told[0]) return null
  return salvageDamaged(lines, encodingItem(decoded), context)
}

/** A line of which nothing can be read goes; all others stay byte for byte. */
function salvageDamaged(
  lines: readonly Line[],
  encoded: readonly RepairItem[],
  context: Pick<FormatContext, 'choices'>,
): SalvagedText {
  const items = [...encoded]
  const losses: string[] = []
  const kept = lines.flatMap((line) => {
    if (line.isWhole || line.text.trim() === '') return [line.text]
    const { text, ...found } = salvageText(line.source, context, line.start)
    const isGone = text === null || isNothing(text)
    items.push(...(isGone ? [goneLine(line)] : found.items.filter(({ rule }) => rule !== 'R51')))
    if (isGone || found.confidence === 'guess') losses.push(lossOf(line, isGone ? null : text))
    return isGone ? [] : [text]
  })
  return { text: kept.join('\n'), items, losses: some(losses), confidence: surest(items, losses) }
}

function surest(items: readonly RepairItem[], losses: readonly string[]): RepairItem['confidence'] {
  if (losses.length > 0) return 'guess'
  return items.every(({ confidence }) => confidence === 'certain') ? 'certain' : 'likely'
}

function lossOf({ start }: Line, text: string | null): string {
  const number = start.lines + 1
  return text === null
    ? `Line ${number}: nothing of it can be read. It goes.`
    : `Line ${number}: kept is ${text.slice(0, 80)}`
}

/** Said once, and not of every line. */
function encodingItem({ encoding }: DecodedBytes): readonly RepairItem[] {
  if (encoding === 'utf-8') return []
  const kind = encoding === 'utf-16le' ? 'utf16le' : 'utf16be'
  const { rule, sentence, confidence } = salvageKinds[kind]
  return [{ ...nowhere, id: `${kind}@0`, rule, sentence, confidence }]
}

function goneLine({ start, sizeBytes }: Line): RepairItem {
  const { index, offset, lines } = start
  const sentence = 'Nothing of this line can be read. It goes.'
  const place = { offset, sizeBytes, line: lines + 1 }
  return { ...nowhere, ...place, id: `line@${index}`, rule: 'R95', sentence, confidence: 'guess' }
}

const nowhere = {
  offset: 0,
  sizeBytes: 0,
  line: 1,
  column: 1,
  pointer: null,
  damage: 'broken',
  isAccepted: true,
  isChoice: false,
} as const

/** Brackets around nothing are no better than a file that says that it is damaged. */
export function isNothing(text: string): boolean {
  return /^\s*(\{\s*\}|\[\s*\])?\s*$/.test(text)
}

const mostTold = 10

function some(losses: readonly string[]): readonly string[] {
  if (losses.length <= mostTold) return losses
  return [...losses.slice(0, mostTold), `And ${losses.length - mostTold} more lines.`]
}

type Line = {
  readonly text: string
  /** The same as it is decoded. */
  readonly source: DecodedBytes
  readonly start: PartStart
  readonly sizeBytes: number
  readonly isWhole: boolean
}

function plain(text: string): DecodedBytes {
  return { text, hasEscapedBytes: false, encoding: 'utf-8' }
}

function linesOf(decoded: DecodedBytes): readonly Line[] {
  const { text } = decoded
  const texts = text.split('\n')
  let at = 0
  const pieces = texts.map((line) => {
    const index = at
    at += line.length + 1
    return { line, index }
  })
  const ends = pieces.flatMap(({ line, index }) => [index, index + line.length])
  const places = placesOf(text, ends, decoded)
  const offsetAt = (index: number): number => {
    const place = places.get(index)
    invariant(place !== undefined, 'The ends of a line have a place.')
    return place.offset
  }
  return pieces.map(({ line, index }, lines) => {
    const offset = offsetAt(index)
    return {
      text: line,
      source: { ...decoded, text: line },
      start: { index, offset, lines },
      sizeBytes: offsetAt(index + line.length) - offset,
      isWhole: !(decoded.hasEscapedBytes && holdsEscapedByte(line)) && openText(line).kind === 'ok',
    }
  })
}

/** A mark before the first line makes it no less the first of many. */
function isValue(line: string): boolean {
  return openText(line.startsWith('\ufeff') ? line.slice(1) : line).kind === 'ok'
}
