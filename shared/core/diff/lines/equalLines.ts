import { lineFeed, type ByteTools, type TextWindow } from './textWindow.ts'

/** Where, in the earlier text, the lines end that are the same bytes on both sides from here on. */
export function equalLinesEnd(tools: ByteTools, before: TextWindow, after: TextWindow): number {
  const count = equalBytes(tools, before, after)
  if (count === 0) return before.at
  const last = before.bytes.lastIndexOf(lineFeed, before.at + count - 1)
  return Math.max(before.at, last + 1)
}

const [firstStep, mostStep, leastStep] = [1024, 2 ** 18, 32]

/** In steps that grow as long as they are the same, and shrink from the first that is not. */
function equalBytes(tools: ByteTools, before: TextWindow, after: TextWindow): number {
  const most = Math.min(before.end - before.at, after.end - after.at)
  let count = 0
  let step = firstStep
  let isGrowing = true
  while (count < most && step >= leastStep) {
    const size = Math.min(step, most - count)
    if (tools.isSame(pieceAt(before, count, size), pieceAt(after, count, size))) {
      count += size
      if (isGrowing) step = Math.min(2 * step, mostStep)
    } else {
      isGrowing = false
      step = size >> 1
    }
  }
  while (count < most && before.bytes[before.at + count] === after.bytes[after.at + count])
    count += 1
  return count
}

function pieceAt({ bytes, at }: TextWindow, from: number, size: number) {
  return { bytes, from: at + from, to: at + from + size }
}
