import { addEdit, takeBack } from './found.ts'
import { forgetKeys } from './keys.ts'
import { expects, type Scan } from './scanState.ts'

export function skipSpace({ text, end }: Scan, from: number): number {
  let index = from
  while (index < end && ' \n\r\t'.includes(text.charAt(index))) index += 1
  return index
}

/** A value was read in another spelling than that of JSON; `text` is how JSON writes it. */
export function takeValue(scan: Scan, end: number, text: string | null): void {
  const { index, depth } = scan
  if (depth > 0) scan.counts[depth - 1] = (scan.counts[depth - 1] ?? 0) + 1
  if (text !== null) addEdit(scan, index, end, text)
  scan.priorEnd = scan.safeEnd
  scan.priorDepth = scan.safeDepth
  scan.safeEnd = end
  scan.safeDepth = depth
  scan.safeStart = index
  scan.index = end
  scan.expected = expects.after
}

/** The member or item that is being read is left out, up to `resume`, with the comma before it. */
export function dropValue(scan: Scan, resume: number): void {
  const { depth } = scan
  scan.index = resume
  if (depth === 0) {
    takeBack(scan, 0)
    addEdit(scan, 0, resume, '')
    scan.expected = expects.value
    return
  }
  const open = (scan.opens[depth - 1] ?? 0) + 1
  const isFirst = scan.safeEnd < open
  const from = isFirst ? open : scan.safeEnd
  const next = skipSpace(scan, resume)
  if (isFirst && scan.text.charCodeAt(next) === 0x2c && next < scan.end) scan.index = next + 1
  takeBack(scan, from)
  addEdit(scan, from, scan.index, '')
  const isObject = scan.isObject[depth - 1] === 1
  if (isObject) forgetKeys(scan, from)
  scan.expected = isFirst ? (isObject ? expects.firstKey : expects.firstItem) : expects.after
}

/** The last value turns out to be damaged: it is no longer what the text is safe up to. */
export function retractLast(scan: Scan): void {
  const { depth } = scan
  if (depth > 0) scan.counts[depth - 1] = Math.max(0, (scan.counts[depth - 1] ?? 0) - 1)
  scan.safeEnd = scan.priorEnd
  scan.safeDepth = scan.priorDepth
  scan.safeStart = -1
}
