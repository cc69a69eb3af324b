import { addEdit, addFragment, addItem, breakHere } from './found.ts'
import { noteKey } from './keys.ts'
import { pointerHere } from './pointers.ts'
import type { SalvageKind } from './salvageResult.ts'
import { expects, type Scan } from './scanState.ts'
import { readOddString } from './oddString.ts'
import { dropValue, skipSpace, takeValue } from './steps.ts'

/** A key or value in another spelling, or a damaged one. False when it is neither. */
export function mendToken(scan: Scan, code: number): boolean {
  const isKey = scan.expected === expects.key || scan.expected === expects.firstKey
  if (code === 0x22 || code === 0x27) return mendString(scan, isKey)
  return isKey ? mendBareKey(scan) : mendWord(scan) || mendNumber(scan)
}

/** [R29] [R32] [R33] */
function mendString(scan: Scan, isKey: boolean): boolean {
  const { index } = scan
  const string = readOddString(scan, index)
  if (string.text === null) {
    untrusted(scan, 'untrustedString', string.end)
    return true
  }
  const found = { start: index, end: string.end }
  const isTaken = string.kinds.map((kind) => addItem(scan, kind, found)).every(Boolean)
  if (isKey) {
    noteOddKey(scan, string.end)
    addEdit(scan, index, string.end, string.text)
    scan.index = string.end
    scan.expected = expects.colon
    if (!isTaken) scan.stopped ??= 'rejected'
  } else if (isTaken) takeValue(scan, string.end, string.text)
  else dropValue(scan, string.end)
  return true
}

/** [R28] A key in another spelling may be one that stands there already: as with escapes its text counts. */
function noteOddKey(scan: Scan, end: number): void {
  scan.hasEscape = true
  noteKey(scan, scan.depth, scan.index, end)
}

const bareKey = /[\p{L}_$][\p{L}\p{N}_$.-]*|\d+/uy

/** [R30] */
function mendBareKey(scan: Scan): boolean {
  const { text, index } = scan
  bareKey.lastIndex = index
  const [word = ''] = bareKey.exec(text) ?? []
  const end = index + word.length
  const next = skipSpace(scan, end)
  if (word === '' || !/[:=]/.test(text.charAt(next)) || next >= scan.end) return false
  if (!addItem(scan, 'unquotedKey', { start: index, end })) return true
  noteOddKey(scan, end)
  addEdit(scan, index, end, JSON.stringify(word))
  scan.index = end
  scan.expected = expects.colon
  return true
}

const foreignWords: { readonly [word: string]: readonly [SalvageKind, string] } = {
  True: ['foreignWord', 'true'],
  TRUE: ['foreignWord', 'true'],
  False: ['foreignWord', 'false'],
  FALSE: ['foreignWord', 'false'],
  None: ['foreignWord', 'null'],
  NULL: ['foreignWord', 'null'],
  undefined: ['foreignWord', 'null'],
  NaN: ['notANumber', 'null'],
  Infinity: ['notANumber', 'null'],
  '-Infinity': ['notANumber', 'null'],
}
const bareWord = /-?[A-Za-z_$][\w$.-]*/y

/** [R31] */
function mendWord(scan: Scan): boolean {
  const { text, index } = scan
  bareWord.lastIndex = index
  const [word = ''] = bareWord.exec(text) ?? []
  if (word === '') return false
  const end = Math.min(index + word.length, scan.end)
  const known = Object.hasOwn(foreignWords, word) ? foreignWords[word] : undefined
  const next = text.charAt(skipSpace(scan, end))
  if (known === undefined || end >= scan.end || !/[,\]}/#]/.test(next)) {
    untrusted(scan, 'untrustedWord', end)
    return true
  }
  const [kind, meant] = known
  const isTaken = addItem(scan, kind, { start: index, end })
  if (isTaken) takeValue(scan, end, meant)
  else dropValue(scan, end)
  return true
}

const numberLike = /[-+.]?\d[\w.+-]*|[-+]/y

/** [R38] */
function mendNumber(scan: Scan): boolean {
  const { text, index } = scan
  numberLike.lastIndex = index
  const [word = ''] = numberLike.exec(text) ?? []
  if (word === '') return false
  untrusted(scan, 'untrustedNumber', Math.min(index + word.length, scan.end))
  return true
}

/** Shown and left out, with the key that it belongs to. */
export function untrusted(
  scan: Scan,
  kind: 'untrustedNumber' | 'untrustedString' | 'untrustedWord',
  end: number,
): void {
  const { index: start } = scan
  const pointer = pointerHere(scan)
  if (!addItem(scan, kind, { start, end, pointer })) return
  breakHere(scan, { start, end })
  const confidence = 'guess'
  addFragment(scan, { start, end, pointer, confidence, isUntrusted: true, isDocument: false })
  dropValue(scan, end)
}
