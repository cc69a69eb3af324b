import { documentEnd } from './documentEnd.ts'
import { addFragment, addItem, closeFragment } from './found.ts'
import { createScan, type Scan } from './scanState.ts'
import { scanStrict } from './scanStrict.ts'
import { retractLast, skipSpace } from './steps.ts'

/** Openings longer than this are no help. */
const longestOpening = 300

/**
 * [R39] The text begins again as it began, where nothing of the kind may stand: another write went into the middle of it. Of
 * the first write what stands before is left; the second is a fragment, and a document of its own when it is whole.
 */
export function mendSecondWrite(scan: Scan): boolean {
  const start = atFlaw(scan) ?? beforeFlaw(scan)
  if (start === null) return false
  endAt(scan, start)
  return true
}

/** The same where the text ends with a value that is the whole document again. */
export function endsWithSecondWrite(scan: Scan): boolean {
  const { safeStart, safeEnd } = scan
  const isLast = safeStart === -1 && safeEnd > 0 && skipSpace(scan, safeEnd) >= scan.end
  const start = isLast ? beforeFlaw(scan, (found) => documentEnd(scan, found) === safeEnd) : null
  if (start === null) return false
  endAt(scan, start)
  return true
}

function endAt(scan: Scan, start: number): void {
  addItem(scan, 'secondWrite', { start, end: start + 1 })
  closeFragment(scan, start)
  if (start < scan.safeEnd) retractLast(scan)
  const end = documentEnd(scan, start)
  const plain = { pointer: null, isUntrusted: false } as const
  if (end === -1) {
    const rest = { start, end: scan.end, confidence: 'likely', isDocument: false } as const
    addFragment(scan, { ...plain, ...rest })
  } else {
    addFragment(scan, { ...plain, start, end, confidence: 'certain', isDocument: true })
    const rest = { start: end, end: scan.end, confidence: 'guess', isDocument: false } as const
    addFragment(scan, { ...plain, ...rest })
  }
  scan.stopped = 'secondWrite'
}

/** At the flaw, behind the number or word at it, or inside the text before it. */
function atFlaw(scan: Scan): number | null {
  const { text, index, safeStart, safeEnd } = scan
  const opening = openingOf(scan, 1)
  if (opening === null) return null
  if (text.startsWith(opening, index)) return text.charAt(safeEnd - 1) === '}' ? null : index
  const [token = ''] = /^[\w.+-]{0,400}/.exec(text.slice(index, index + 400)) ?? []
  if (token !== '' && text.startsWith(opening, index + token.length)) return index + token.length
  if (safeStart === -1 || index !== safeEnd) return null
  const inside = text.lastIndexOf(opening, index)
  return inside > safeStart ? inside : null
}

/**
 * The second write may begin just where a value may stand; what shows it then is that it says the same as the first one in
 * the same words, up to the second key. The scan goes back to there.
 */
function beforeFlaw(scan: Scan, isMeant = (_start: number): boolean => true): number | null {
  const { text, hasEscapedBytes, index } = scan
  const opening = openingOf(scan, 2)
  if (opening === null || scan.certain !== null || scan.edits.length > 0) return null
  const root = scan.opens[0] ?? 0
  const start = text.slice(0, index).indexOf(opening, root + 1)
  if (start === -1 || !isMeant(start)) return null
  const before = createScan(text, { hasEscapedBytes, rejected: scan.rejected })
  before.end = start
  if (scanStrict(before) === 'flaw') return null
  const { expected, depth, opens, isObject, counts, keyBases, keyStarts, keyEnds, keyTop } = before
  const { safeEnd, safeDepth, safeStart, priorEnd, priorDepth } = before
  Object.assign(scan, { expected, depth, opens, isObject, counts, keyBases, keyStarts, keyEnds })
  Object.assign(scan, { keyTop, safeEnd, safeDepth, safeStart, priorEnd, priorDepth, index: start })
  return start
}

const firstKey = /^\{\s*"[^"\\]{1,100}"\s*:/
const secondKey =
  /^\{\s*"[^"\\]{1,100}"\s*:\s*(?:"[^"\\]{0,100}"|[-\w.]{1,30})\s*,\s*"[^"\\]{1,100}"\s*:/

/** The text of the root object up to its first or second key; looked for once. */
function openingOf(scan: Scan, keys: 1 | 2): string | null {
  const { text, opens, isObject, depth } = scan
  if (depth === 0 || isObject[0] !== 1) return null
  const root = opens[0] ?? 0
  if (scan.opening?.root !== root) {
    const start = text.slice(root, root + longestOpening)
    const [first = null] = firstKey.exec(start) ?? []
    const [second = null] = secondKey.exec(start) ?? []
    scan.opening = { root, first, second }
  }
  return keys === 1 ? scan.opening.first : scan.opening.second
}
