// What a scan finds on its way: items, edits, fragments, and where certainty ends.
import { pointerHere, pointerOf } from './pointers.ts'
import { salvageKinds, type Confidence, type SalvageKind } from './salvageResult.ts'
import { closersOf, expects, type FoundItem, type Scan, type TextEdit } from './scanState.ts'

/** Of one kind so many items are listed; the last of them stands for the others too. */
const listedOfAKind = 50
/** A text with more breaks of its structure is not read on. */
const mostBreaks = 200
/** Edits beyond this number would cost more memory than the text. */
const mostEdits = 4_000_000

/** `pointer`: left out, it is that of the place where the scan is; `depth`: of the value of the last key at that depth. */
type Found = {
  readonly start: number
  readonly end: number
  readonly pointer?: string | null
  readonly depth?: number
}

const order = { certain: 0, likely: 1, guess: 2 } as const

/**
 * Lists an item. False when a person rejected it, or the one that stands for it: what it would have made readable is then
 * left out by the caller, or the document ends here.
 */
export function addItem(scan: Scan, kind: SalvageKind, found: Found): boolean {
  const { confidence, without } = salvageKinds[kind]
  const item = listItem(scan, kind, found)
  if (without !== null && scan.rejected.has(`${kind}@${item.start}`)) {
    if (without === 'ends') scan.stopped = 'rejected'
    return false
  }
  // [R28] JSON with a key twice is JSON, and so what it says is certain.
  if (without !== 'kept') lowerConfidence(scan, confidence, without !== 'leftOut')
  return true
}

function listItem(scan: Scan, kind: SalvageKind, found: Found): FoundItem {
  const listed = scan.listed.get(kind) ?? { count: 0, last: null }
  scan.listed.set(kind, listed)
  listed.count += 1
  if (listed.count > listedOfAKind && listed.last !== null) {
    listed.last.count += 1
    return listed.last
  }
  const { start, end, depth } = found
  const here = (): string | null =>
    depth === undefined ? pointerHere(scan) : pointerOf(scan, depth)
  const pointer = found.pointer === undefined ? here() : found.pointer
  listed.last = { kind, start, end, pointer, count: 1 }
  scan.items.push(listed.last)
  return listed.last
}

/** With the first thing that is not certain the certain value ends. */
function lowerConfidence(scan: Scan, confidence: Confidence, isDamage: boolean): void {
  if (order[confidence] > order[scan.confidence]) {
    scan.certain ??= certainNow(scan, isDamage && isLastUntold(scan))
    if (scan.fragmentStart === -1) openFragment(scan, scan.certain.end, null)
    scan.confidence = confidence
  }
}

function certainNow(scan: Scan, isBefore: boolean): NonNullable<Scan['certain']> {
  const end = isBefore ? scan.priorEnd : scan.safeEnd
  const depth = isBefore ? scan.priorDepth : scan.safeDepth
  return { end, closers: closersOf(scan, depth), edits: editsUpTo(scan, end) }
}

/** The changes of a text that ends here: what was put in behind its last value is not among them. */
export function editsUpTo({ edits }: Scan, end: number): readonly TextEdit[] {
  return edits.filter(
    (edit) => edit.end < end || (edit.end === end && (edit.start < end || edit.isCloser === true)),
  )
}

/**
 * [R44] What stands right before damage may be part of it: a wrong quote ends a text too late, a wrong comma a number too
 * early. Brackets are not made by accident, and a key behind the value tells that it had ended. At the end of the text
 * nothing is damaged.
 */
function isLastUntold(scan: Scan): boolean {
  if (scan.safeStart === -1 || scan.depth !== scan.safeDepth || scan.index >= scan.end) return false
  if (scan.expected === expects.colon) return false
  return scan.expected !== expects.value || scan.isObject[scan.depth - 1] !== 1
}

/** The structure was broken and mended: a fragment ends, and the next one begins behind the damage. */
export function breakHere(
  scan: Scan,
  damage: { readonly start: number; readonly end: number },
): void {
  closeFragment(scan, damage.start)
  openFragment(scan, damage.end, null)
  scan.breaks += 1
  if (scan.breaks >= mostBreaks)
    scan.stopped ??= `The structure breaks more than ${mostBreaks} times`
}

export function openFragment(scan: Scan, start: number, pointer: string | null): void {
  scan.fragmentStart = start
  scan.fragmentPointer = pointer
}

export function closeFragment(scan: Scan, end: number): void {
  const { fragmentStart: start, fragmentPointer: pointer, confidence } = scan
  scan.fragmentStart = -1
  if (start === -1 || !/[^\s,:{}[\]\0]/.test(scan.text.slice(start, Math.min(end, start + 4096))))
    return
  addFragment(scan, { start, end, pointer, confidence, isUntrusted: false, isDocument: false })
}

export function addFragment(scan: Scan, fragment: Scan['fragments'][number]): void {
  if (scan.fragments.length < mostBreaks * 2 && fragment.end > fragment.start)
    scan.fragments.push(fragment)
}

/** Edits come in the order of the text. */
export function addEdit(scan: Scan, start: number, end: number, text: string): void {
  scan.edits.push({ start, end, text })
  if (scan.edits.length >= mostEdits) scan.stopped ??= `It needs more than ${mostEdits} changes`
}

/** What was changed behind a place that goes is no change any more. */
export function takeBack(scan: Scan, from: number): void {
  for (let last = scan.edits.at(-1); last !== undefined; last = scan.edits.at(-1)) {
    if (last.start < from || (last.start === from && last.isCloser === true)) break
    scan.edits.pop()
  }
  while ((scan.duplicates.at(-1)?.laterStart ?? -1) >= from) scan.duplicates.pop()
}
