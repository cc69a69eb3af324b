import { compareSection } from './compareSection.ts'
import { countChanges, type Difference, type DiffOptions } from '../diff.ts'
import { createWalk, defaultMaxNodes } from '../walk.ts'
import { createAroundBlock } from './aroundBlock.ts'
import { createLineWalk, type Windows } from './lineWalk.ts'
import type { Step } from './step.ts'
import type { ByteTools } from './textWindow.ts'

export type LineDiffOptions = DiffOptions & {
  readonly tools: ByteTools
  /** The key of the document of which the value is compared: pointers start there. */
  readonly within: string
  /** Keys of that value that are left out of the comparison. */
  readonly without?: readonly string[]
}

export type LineComparison = {
  /** Goes on as far as the windows allow; `on` once both texts have ended. */
  readonly advance: (windows: Windows) => Step
  /** The same as `diff` of the two parsed documents, once both texts have ended. */
  readonly finish: () => Difference
}

/** Two canonical texts compared by their lines, piece by piece: what is the same bytes on both sides is never read as JSON. */
export function createLineComparison(
  options: LineDiffOptions & {
    /** Of both texts. */
    readonly sizeBytes: number
  },
): LineComparison {
  const { tools, within, without = [], sizeBytes } = options
  const walk = createWalk(options.maxNodes ?? defaultMaxNodes, options.keys ?? [])
  const lines = createLineWalk({
    tools,
    walk,
    mostLeftBytes: sizeBytes / 4,
    without: new Set(without),
  })
  const [one, other] = [createAroundBlock(tools, within), createAroundBlock(tools, within)]
  const parts: readonly ((windows: Windows) => Step)[] = [
    ({ before }) => one.toBlock(before),
    ({ after }) => other.toBlock(after),
    lines.advance,
    ({ before }) => one.toEnd(before),
    ({ after }) => other.toEnd(after),
  ]
  return {
    advance: (windows) => {
      for (const part of parts) {
        const step = part(windows)
        if (step !== 'on') return step
      }
      return 'on'
    },
    finish: () => {
      compareSection(walk, lines.root)
      return { changes: walk.changes, counts: countChanges(walk.changes), coarse: walk.coarse }
    },
  }
}
