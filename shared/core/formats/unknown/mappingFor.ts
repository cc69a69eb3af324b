import { isAtOrBelow } from '../../../schema/pointer.ts'
import type { UnknownMapping } from '../../../schema/unknownMapping.ts'

/** The mapping of the nearest folder whose documents look most like this one; null where none does. */
export function mappingFor(
  mappings: readonly UnknownMapping[],
  { folder, keys }: { readonly folder: string; readonly keys: readonly string[] },
): UnknownMapping | null {
  const fitting = mappings.flatMap((mapping) => {
    const share = shareOf(mapping.keys, keys)
    const isInside = mapping.folder === '' || isAtOrBelow(folder, mapping.folder)
    return isInside && share >= 0.5 ? [{ mapping, share }] : []
  })
  const best = fitting.toSorted(
    (one, other) =>
      other.mapping.folder.length - one.mapping.folder.length || other.share - one.share,
  )
  return best[0]?.mapping ?? null
}

export function isSameShape(
  one: Pick<UnknownMapping, 'folder' | 'keys'>,
  other: Pick<UnknownMapping, 'folder' | 'keys'>,
): boolean {
  return one.folder === other.folder && shareOf(one.keys, other.keys) >= 0.5
}

/** Of the keys of both, how many both have. */
function shareOf(one: readonly string[], other: readonly string[]): number {
  const both = one.filter((key) => other.includes(key)).length
  const all = new Set([...one, ...other]).size
  return all === 0 ? 1 : both / all
}
