import type { TextEncoding } from './encodingOf.ts'
import { readToEnd } from './readText.ts'
import { resultOf } from './salvage.ts'
import type { Salvage } from './salvageResult.ts'
import { createScan } from './scanState.ts'
import { scanStrict } from './scanStrict.ts'

export type SalvageStream = {
  /** More of the text. False when the budget is used up: what comes behind is not looked at. */
  push(chunk: string): boolean
  end(): Salvage
}

export type SalvageOptions = {
  readonly budgetUnits?: number
  /** What the pieces were decoded from. */
  readonly encoding?: TextEncoding
}

/** A little less than the longest string of an engine. */
const defaultUnits = 500_000_000
const firstUnits = 1 << 20

/**
 * A salvage of a text that comes in pieces. It is scanned as it comes, each time it has doubled, so that no piece is copied
 * more than twice; beside the text it holds the open brackets and keys.
 */
export function createSalvage(options: SalvageOptions = {}): SalvageStream {
  const { budgetUnits = defaultUnits, encoding = 'utf-8' } = options
  const scan = createScan('', { hasEscapedBytes: false, rejected: new Set() })
  let pending: string[] = []
  let pendingUnits = 0
  let canGoOn = true
  let isOverBudget = false
  const take = (): void => {
    scan.text = [scan.text, ...pending].join('')
    scan.end = scan.text.length
    pending = []
    pendingUnits = 0
  }
  return {
    push: (chunk) => {
      const room = budgetUnits - scan.text.length - pendingUnits
      const taken = chunk.length <= room ? chunk : chunk.slice(0, room)
      pending.push(taken)
      pendingUnits += taken.length
      if (taken.length < chunk.length) isOverBudget = true
      if (canGoOn && pendingUnits >= Math.max(firstUnits, scan.text.length)) {
        take()
        canGoOn = scanStrict(scan) === 'end'
      }
      return !isOverBudget
    },
    end: () => {
      take()
      readToEnd(scan)
      const result = resultOf(scan, encoding)
      if (!isOverBudget) return result
      const stopped = `It is longer than ${budgetUnits} characters: the rest was not read.`
      return { ...result, kind: result.kind === 'whole' ? 'salvaged' : result.kind, stopped }
    },
  }
}
