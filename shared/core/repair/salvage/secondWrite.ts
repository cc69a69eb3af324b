import { documentEnd } from './documentEnd.ts'
import { addFragment, addItem, closeFragment } from './found.ts'
import { pointerHere } from './keys.ts'
import type { Scan } from './scanState.ts'
import { retractLast } from './steps.ts'

/** Openings longer than this are no help. */
const longestOpening = 300

/**
 * [R39] The text begins again, with its first key, where nothing of the kind may stand: another write went into the middle
 * of it. Of the first write what stands before is left; the second is a fragment, and a document of its own when it is whole.
 */
export function mendSecondWrite(scan: Scan): boolean {
  const start = secondWriteAt(scan)
  if (start === -1) return false
  const pointer = pointerHere(scan)
  addItem(scan, 'secondWrite', { start, end: start + 1, pointer })
  closeFragment(scan, start)
  if (start < scan.safeEnd) retractLast(scan)
  const end = documentEnd(scan, start)
  const plain = { pointer: null, isUntrusted: false } as const
  if (end === -1)
    addFragment(scan, { ...plain, start, end: scan.end, confidence: 'likely', isDocument: false })
  else {
    addFragment(scan, { ...plain, start, end, confidence: 'certain', isDocument: true })
    addFragment(scan, {
      ...plain,
      start: end,
      end: scan.end,
      confidence: 'guess',
      isDocument: false,
    })
  }
  scan.stopped = 'secondWrite'
  return true
}

/** The new beginning is what is wrong here: at the flaw, behind the number or word at it, or inside the text before it. */
function secondWriteAt(scan: Scan): number {
  const { text, index, depth, safeStart, safeEnd } = scan
  const root = scan.opens[0] ?? 0
  const colon = text.indexOf(':', root)
  if (depth === 0 || scan.isObject[0] !== 1 || colon === -1 || colon > root + longestOpening)
    return -1
  const opening = text.slice(root, colon + 1)
  if (!opening.includes('"')) return -1
  if (text.startsWith(opening, index)) return text.charAt(safeEnd - 1) === '}' ? -1 : index
  const [token = ''] = /^[\w.+-]{0,400}/.exec(text.slice(index, index + 400)) ?? []
  if (token !== '' && text.startsWith(opening, index + token.length)) return index + token.length
  if (safeStart === -1 || index !== safeEnd) return -1
  const inside = text.lastIndexOf(opening, index)
  return inside > safeStart ? inside : -1
}
