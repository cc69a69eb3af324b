import { commonSubsequence } from '../commonSubsequence.ts'
import { numberUnits, lonelyBytes, type Units } from './numberUnits.ts'
import type { ByteTools } from './textWindow.ts'

/** Indices of units that are the same, in order. */
export type UnitPair = { readonly from: number; readonly to: number }

/** More steps would take longer than to read both texts. */
const mostSteps = 1_000_000

/**
 * Which units of the rest of a block are the same, by their longest common subsequence; null where it would be for nothing:
 * more bytes have no partner than may be read.
 */
export function alignRest(
  tools: ByteTools,
  units: Units,
  mayRead: (bytes: number) => boolean,
): readonly UnitPair[] | null {
  if (!mayRead(lonelyBytes(units))) return null
  const { before, after } = numberUnits(tools, units)
  const { pairs } = commonSubsequence(before.numbers, after.numbers, mostSteps)
  if (pairs === null) return null
  return pairs.map(({ from, to }) => ({
    from: before.indices[from] ?? 0,
    to: after.indices[to] ?? 0,
  }))
}
