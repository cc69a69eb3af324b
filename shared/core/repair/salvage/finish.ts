// The end of a salvage: what touches the end of the text is cut, and what stands behind a complete document is told.
import { addFragment, addItem, closeFragment } from './found.ts'
import { pointerHere } from './pointers.ts'
import type { SalvageKind } from './salvageResult.ts'
import { documentEnd } from './documentEnd.ts'
import { expects, type Scan } from './scanState.ts'
import { endsWithSecondWrite } from './secondWrite.ts'
import { skipSpace, takeValue } from './steps.ts'

/** [R24] The text ends at `scan.index`, or inside the token that begins there. */
export function finishEnd(scan: Scan): void {
  takeLastToken(scan)
  const { text, end, index, depth } = scan
  if (depth === 0 && scan.expected === expects.after) return closeFragment(scan, end)
  if (depth > 0 && endsWithSecondWrite(scan)) return
  const pointer = pointerHere(scan)
  const isToken = skipSpace(scan, index) < end
  closeFragment(scan, isToken ? index : end)
  if (isToken) {
    addItem(scan, cutKind(text.charCodeAt(index)), { start: index, end, pointer })
    const untrusted = { isUntrusted: true, isDocument: false, confidence: 'guess' } as const
    addFragment(scan, { start: index, end, pointer, ...untrusted })
  }
  if (depth > 0) addItem(scan, 'cut', { start: end, end, pointer })
  else if (!isToken) addItem(scan, 'empty', { start: 0, end, pointer: null })
}

/** A word that is complete at the end cannot have been another; a number can, unless it is the whole document. */
function takeLastToken(scan: Scan): void {
  const { text, index, end, depth, expected } = scan
  if (expected !== expects.value && expected !== expects.firstItem) return
  const rest = text.slice(index, Math.min(end, index + 5000))
  const isWord = rest === 'true' || rest === 'false' || rest === 'null'
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text.slice(index, end))
  if (isWord || (depth === 0 && isNumber)) takeValue(scan, end, null)
}

function cutKind(code: number): SalvageKind {
  if (code === 0x22) return 'cutString'
  return code === 0x2d || (code >= 0x30 && code <= 0x39) ? 'cutNumber' : 'cutWord'
}

/** So many documents behind the first one are told apart. */
const mostDocuments = 50

/** [R39] [R40] [R41] The root value has ended, and this is not the end of the text. */
export function finishTrailing(scan: Scan): void {
  const { text, end, index } = scan
  closeFragment(scan, scan.safeEnd)
  const documents = documentsFrom(scan, index)
  const last = documents.at(-1)
  const rest = last === undefined ? index : last.end
  const first = documents.at(0)
  if (first !== undefined) addItem(scan, 'anotherDocument', { ...first, pointer: null })
  for (const found of documents)
    addFragment(scan, { ...found, ...plain, confidence: 'certain', isDocument: true })
  const restStart = skipSpace(scan, rest)
  if (restStart >= end) return
  if (first === undefined) {
    const isTail = /[}\]]\s*$/.test(text.slice(Math.max(restStart, end - 100), end))
    addItem(scan, isTail ? 'remains' : 'trailing', { start: restStart, end, pointer: null })
  }
  addFragment(scan, { start: restStart, end, ...plain, confidence: 'guess', isDocument: false })
}

const plain = { pointer: null, isUntrusted: false } as const

function documentsFrom(scan: Scan, from: number) {
  const documents: { readonly start: number; readonly end: number }[] = []
  let start = from
  while (documents.length < mostDocuments) {
    start = skipSpace(scan, start)
    const end = documentEnd(scan, start)
    if (end === -1) break
    documents.push({ start, end })
    start = end
  }
  return documents
}
