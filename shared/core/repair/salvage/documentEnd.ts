import { createScan, expects, type Scan } from './scanState.ts'
import { scanStrict } from './scanStrict.ts'

/** Behind the object or array that begins here and is JSON, or -1. */
export function documentEnd({ text, end, hasEscapedBytes }: Scan, start: number): number {
  if (start >= end || !'{['.includes(text.charAt(start))) return -1
  const inner = createScan(text, { hasEscapedBytes, rejected: new Set() })
  inner.index = start
  inner.end = end
  const stop = scanStrict(inner)
  const isDone = inner.depth === 0 && inner.expected === expects.after
  return isDone && stop !== 'flaw' ? inner.safeEnd : -1
}
