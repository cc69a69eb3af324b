import type { Difference } from '../diff.ts'
import { createLineComparison, type LineDiffOptions } from './lineComparison.ts'
import type { TextWindow } from './textWindow.ts'

/**
 * The same as `diff` of the two parsed documents, where the texts are laid out as `writeCanonical` does it. Null where
 * their lines do not help: too much of them differs, or they are laid out in another way.
 */
export function diffLines(
  before: Uint8Array,
  after: Uint8Array,
  options: LineDiffOptions,
): Difference | null {
  const sizeBytes = before.length + after.length
  const comparison = createLineComparison({ ...options, sizeBytes })
  const step = comparison.advance({ before: windowOf(before), after: windowOf(after) })
  return step === 'on' ? comparison.finish() : null
}

function windowOf(bytes: Uint8Array): TextWindow {
  return { bytes, at: 0, end: bytes.length, isLast: true }
}
