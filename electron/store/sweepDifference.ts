// What differs in a section between two looks at its folders.
import type { FolderStamps } from './stampTable.ts'
import type { StoreContext } from './storeContext.ts'
import type { SweepPart } from './sweepPart.ts'
import { entriesOf, type LookedUnit } from './sweepEntries.ts'
import type { FoundNumbers, WalkedFolder } from './walk.ts'
import { rowLength } from './walkLook.ts'
import { isArchive } from './walkRules.ts'
import type { SectionPart, Unit } from './walkUnits.ts'

export async function differenceOf(
  context: StoreContext,
  before: ReadonlyMap<string, Unit<unknown>>,
  now: ReadonlyMap<string, LookedUnit>,
): Promise<Pick<SweepPart, 'changed' | 'removed'>> {
  const units = [...now.values()].filter((unit) => !isSame(before.get(unit.document), unit))
  const removed = [...before.keys()].filter((document) => !now.has(document))
  return { changed: await entriesOf(context, units), removed }
}

export function partsOf(
  paths: Iterable<string>,
  folders: ReadonlyMap<string, FolderStamps>,
  walked: ReadonlyMap<string, WalkedFolder>,
): readonly SectionPart<FoundNumbers>[] {
  const inOrder = [...paths].toSorted((a, b) => Number(isArchive(a)) - Number(isArchive(b)))
  return inOrder.flatMap((folder) => {
    const stamps = folders.get(folder)
    if (stamps === undefined) return []
    return [{ folder, stamps, found: walked.get(folder)?.look ?? null }]
  })
}

function isSame(before: Unit<unknown> | undefined, now: Unit<unknown>): boolean {
  if (before === undefined || before.kind !== now.kind || before.problem !== now.problem)
    return false
  if (before.files.length !== now.files.length) return false
  return now.files.every((file, index) => {
    const other = before.files[index]
    if (other === undefined || other.name !== file.name) return false
    if (other.part.folder !== file.part.folder) return false
    const problem = file.part.stamps.problems.get(file.place)
    if (other.part.stamps.problems.get(other.place) !== problem) return false
    return areSameNumbers(rowOf(other.part, other.place), rowOf(file.part, file.place))
  })
}

function rowOf({ stamps }: SectionPart<unknown>, place: number): Float64Array {
  return stamps.rows.subarray(place * rowLength, (place + 1) * rowLength)
}

export function areSameNumbers(one: Float64Array, other: Float64Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false
  return true
}
