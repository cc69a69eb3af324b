import { addFragment, addItem, closeFragment } from './found.ts'
import { finishEnd, finishTrailing } from './finish.ts'
import { mend, mendComment } from './mend.ts'
import { mostLevels, type Scan } from './scanState.ts'
import { scanStrict } from './scanStrict.ts'

/** Reads to the end, whatever stands there. */
export function readToEnd(scan: Scan): void {
  cutZeros(scan)
  for (;;) {
    const stop = scanStrict(scan)
    if (stop === 'end') return finishEnd(scan)
    if (stop === 'complete') {
      if (mendComment(scan)) continue
      return finishTrailing(scan)
    }
    if (scan.depth === mostLevels) scan.stopped ??= `It is nested deeper than ${mostLevels} levels`
    else mend(scan)
    if (scan.stopped !== null) return finishStopped(scan)
  }
}

/** [R42] What was not read is one fragment. */
function finishStopped(scan: Scan): void {
  closeFragment(scan, scan.index)
  if (scan.stopped === 'secondWrite') return
  const [start, end] = [scan.index, scan.end]
  const rest = { pointer: null, isUntrusted: false, isDocument: false } as const
  addFragment(scan, { start, end, ...rest, confidence: 'guess' })
}

/** [R37] Zeros at the end are a cut: what was there was never written. */
function cutZeros(scan: Scan): void {
  const { text } = scan
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
  if (end === text.length) return
  scan.end = Math.max(end, scan.index)
  addItem(scan, 'zeroedEnd', { start: end, end: text.length, pointer: null })
}
