import { assemble, withoutDuplicates } from './assemble.ts'
import { editsUpTo } from './found.ts'
import { readToEnd } from './readText.ts'
import type { Salvage } from './salvageResult.ts'
import { closersOf, createScan } from './scanState.ts'

/**
 * The document as JSON with every item that is not rejected done, guesses too; null when no value is left. With everything
 * rejected it is what is certain, or less. [R43]
 */
export function applySalvage(
  { source, hasEscapedBytes }: Pick<Salvage, 'source' | 'hasEscapedBytes'>,
  rejectedItemIds: readonly string[] = [],
): string | null {
  const scan = createScan(source, { hasEscapedBytes, rejected: new Set(rejectedItemIds) })
  readToEnd(scan)
  const { safeEnd: end, safeDepth, duplicates } = scan
  if (end === 0) return null
  const kept = duplicates.filter(({ laterStart }) => laterStart < end)
  const own = editsUpTo(scan, end)
  const edits = kept.length === 0 ? own : withoutDuplicates(own, kept)
  return assemble(source, { end, edits, closers: closersOf(scan, safeDepth) })
}
