import { stepOf, type Step } from './step.ts'
import {
  closesAlone,
  isClosing,
  lineEnd,
  opensAt,
  unitEnd,
  type ByteTools,
  type TextWindow,
} from './textWindow.ts'

/** Passes what stands around the block of one key of a document; each goes on where the last window ended. */
export type AroundBlock = {
  /** Up to behind the line that opens the block. */
  readonly toBlock: (window: TextWindow) => Step
  /** From behind the block to the end of the text. */
  readonly toEnd: (window: TextWindow) => Step
}

export function createAroundBlock(tools: ByteTools, key: string): AroundBlock {
  const head = `${JSON.stringify(key)}: {\n`
  let place: 'start' | 'before' | 'inside' | 'end' = 'start'

  function openDocument(window: TextWindow): Step {
    const end = lineEnd(window, window.at)
    if (end < 0) return stepOf(end)
    const isOpening = end - window.at === '{\n'.length && opensAt(window.bytes, end) === 'record'
    window.at = end
    place = 'before'
    return isOpening ? 'on' : 'unfit'
  }

  function passEntry(window: TextWindow): Step {
    const { bytes, at } = window
    const end = lineEnd(window, at)
    if (end < 0) return stepOf(end)
    if (end - at !== head.length || tools.textOf({ bytes, from: at, to: end }) !== head)
      return passUnit(window)
    window.at = end
    place = 'inside'
    return 'on'
  }

  function closeDocument(window: TextWindow): Step {
    const { bytes, at } = window
    const end = lineEnd(window, at)
    if (end < 0) return stepOf(end)
    if (!isClosing(bytes, at)) return passUnit(window)
    if (!closesAlone({ bytes, from: at, to: end }, 'record')) return 'unfit'
    if (!window.isLast) return 'more'
    window.at = end
    place = 'end'
    return end === window.end ? 'on' : 'unfit'
  }

  return {
    toBlock: (window) => {
      let step: Step = 'on'
      if (place === 'start') step = openDocument(window)
      while (step === 'on' && place === 'before') step = passEntry(window)
      return step
    },
    toEnd: (window) => {
      let step: Step = 'on'
      while (step === 'on' && place !== 'end') step = closeDocument(window)
      return step
    },
  }
}

function passUnit(window: TextWindow): Step {
  const end = unitEnd(window, window.at)
  if (end < 0) return stepOf(end)
  window.at = end
  return 'on'
}
