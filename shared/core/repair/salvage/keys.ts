import { addItem } from './found.ts'
import { keyText } from './pointers.ts'
import { growKeys, type Scan } from './scanState.ts'

/** Objects of more keys look them up in a map. */
const narrow = 16

/** Remembers a key of the innermost object, and says when it stands there again. */
export function noteKey(scan: Scan, depth: number, start: number, end: number): void {
  const base = scan.keyBases[depth - 1] ?? 0
  const earlier =
    scan.hasEscape || scan.keyTop - base >= narrow || scan.wide.has(depth - 1)
      ? findWide(scan, depth, start, end)
      : findNarrow(scan, base, start, end)
  if (scan.keyTop === scan.keyStarts.length) growKeys(scan)
  scan.keyStarts[scan.keyTop] = start
  scan.keyEnds[scan.keyTop] = end
  scan.keyTop += 1
  if (earlier >= 0) noteDuplicate(scan, depth, earlier)
}

/** Compares by length and last character first: most keys differ there. */
function findNarrow(scan: Scan, base: number, start: number, end: number): number {
  const { text, keyStarts, keyEnds } = scan
  const length = end - start
  const last = text.charCodeAt(end - 2)
  for (let key = scan.keyTop - 1; key >= base; key -= 1) {
    const from = keyStarts[key] ?? 0
    if ((keyEnds[key] ?? 0) - from !== length) continue
    if (text.charCodeAt(from + length - 2) !== last) continue
    if (isSame(text, from, start, length)) return key
  }
  return -1
}

function isSame(text: string, first: number, second: number, length: number): boolean {
  for (let index = 0; index < length; index += 1)
    if (text.charCodeAt(first + index) !== text.charCodeAt(second + index)) return false
  return true
}

function findWide(scan: Scan, depth: number, start: number, end: number): number {
  const known = scan.wide.get(depth - 1) ?? collectKeys(scan, depth)
  const name = keyText(scan, start, end)
  const earlier = known.get(name) ?? -1
  known.set(name, scan.keyTop)
  return earlier
}

function collectKeys(scan: Scan, depth: number): Map<string, number> {
  const known = new Map<string, number>()
  for (let key = scan.keyBases[depth - 1] ?? 0; key < scan.keyTop; key += 1)
    known.set(keyText(scan, scan.keyStarts[key] ?? 0, scan.keyEnds[key] ?? 0), key)
  scan.wide.set(depth - 1, known)
  return known
}

function noteDuplicate(scan: Scan, depth: number, earlier: number): void {
  const laterStart = scan.keyStarts[scan.keyTop - 1] ?? 0
  // The strict scan tells its depth when it stops; the pointer needs that of now.
  scan.depth = depth
  const isTaken = addItem(scan, 'duplicateKey', {
    start: laterStart,
    end: scan.keyEnds[scan.keyTop - 1] ?? 0,
    depth,
  })
  const [start = 0, end = 0] = [scan.keyStarts[earlier], scan.keyStarts[earlier + 1]]
  if (isTaken) scan.duplicates.push({ start, end, laterStart })
}

/** Keys of the innermost object from here on belong to members that were left out. */
export function forgetKeys(scan: Scan, from: number): void {
  const level = scan.depth - 1
  const base = scan.keyBases[level] ?? 0
  const known = scan.wide.get(level)
  while (scan.keyTop > base && (scan.keyStarts[scan.keyTop - 1] ?? 0) >= from) {
    scan.keyTop -= 1
    const [start = 0, end = 0] = [scan.keyStarts[scan.keyTop], scan.keyEnds[scan.keyTop]]
    known?.delete(keyText(scan, start, end))
  }
}
