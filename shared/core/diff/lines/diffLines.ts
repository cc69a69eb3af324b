// Two canonical texts compared by their lines: what is the same bytes on both sides is never read as JSON.
import { countChanges, type Difference, type DiffOptions } from '../diff.ts'
import { createWalk, defaultMaxNodes } from '../walk.ts'
import type { Range } from './alignUnits.ts'
import { createBlockWalk } from './compareBlocks.ts'
import { opens, readLines, unitEnd, type ByteTools, type LineTable } from './lineTable.ts'

export type LineDiffOptions = DiffOptions & {
  readonly tools: ByteTools
  /** The key of the document of which the value is compared: pointers start there. */
  readonly within: string
  /** Keys of that value that are left out of the comparison. */
  readonly without?: readonly string[]
}

/**
 * The same as `diff` of the two parsed documents, where the texts are laid out as `writeCanonical` does it. Null where
 * their lines do not help: too much of them differs, or they are laid out in another way.
 */
export function diffLines(
  before: Uint8Array,
  after: Uint8Array,
  options: LineDiffOptions,
): Difference | null {
  const { tools, within, without = [] } = options
  const [one, other] = [readLines(before), readLines(after)]
  if (one === null || other === null) return null
  const [left, right] = [blockOf(one, tools, within), blockOf(other, tools, within)]
  if (left === null || right === null) return null
  const walk = createWalk(options.maxNodes ?? defaultMaxNodes, options.keys ?? [])
  const blocks = createBlockWalk({ tools, before: one, after: other }, walk, new Set(without))
  if (!blocks.compareRecords(left, right)) return null
  return { changes: walk.changes, counts: countChanges(walk.changes), coarse: walk.coarse }
}

/** The lines inside the value of one key of the document. */
function blockOf(table: LineTable, tools: ByteTools, key: string): Range | null {
  const head = `${JSON.stringify(key)}: {\n`
  const last = table.count - 1
  if (last < 1 || (table.closes[0] ?? 0) !== last) return null
  for (let line = 1; line < last; line = unitEnd(table, line)) {
    if (opens(table, line) !== 'record') continue
    const piece = {
      bytes: table.bytes,
      from: table.starts[line] ?? 0,
      to: table.starts[line + 1] ?? 0,
    }
    if (piece.to - piece.from !== head.length || tools.textOf(piece) !== head) continue
    return { line: line + 1, end: unitEnd(table, line) - 1 }
  }
  return null
}
