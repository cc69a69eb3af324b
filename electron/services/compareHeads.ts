import type { Difference, DiffOptions } from '../../shared/core/diff/diff.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { OpenHead, Store } from '../store/store.ts'
import { comparePieces, type PieceSource } from './comparePieces.ts'
import { createHeadCheck } from './headCheck.ts'

/**
 * What differs between two runs as they are now, from the lines of their heads: of what is the same nothing is parsed, nor
 * kept in memory. Null where a head is not the whole truth about its run, or the lines do not help.
 */
export async function compareHeads(
  store: Pick<Store, 'withHead'>,
  [left, right]: readonly [left: RunId, right: RunId],
  options: DiffOptions & { readonly without: readonly string[] },
): Promise<Difference | null> {
  return store.withHead(left, async (one) =>
    store.withHead(right, async (other) => {
      const [before, after] = [sourceOf(one), sourceOf(other)]
      if (before === null || after === null) return null
      return comparePieces(before, after, { ...options, within: 'run' })
    }),
  )
}

/** Null where the journal says that the head does not say all. */
function sourceOf({ sizeBytes, journal, read }: OpenHead): PieceSource | null {
  const last = journal?.records.at(-1)?.record
  if (journal === null || last === undefined || journal.flaws.length > 0) return null
  return { sizeBytes, read, ...createHeadCheck(sizeBytes, last) }
}
