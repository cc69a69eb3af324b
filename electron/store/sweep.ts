// Looks at every file of a workspace once, and tells what is not as it was the last time.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { FolderStamps, StampTable } from './stampTable.ts'
import type { StoreContext } from './storeContext.ts'
import type { Entry } from './store.ts'
import { entriesOf, type LookedUnit } from './sweepEntries.ts'
import { walkFolders, type FoundNumbers, type WalkedFolder } from './walk.ts'
import { rowLength } from './walkLook.ts'
import { dayOfFolder, isArchive } from './walkRules.ts'
import { findStrays, sectionOf, unitsOf, type SectionPart, type Unit } from './walkUnits.ts'

export type Sweep = {
  /** Entries that are new or whose stamp differs. */
  readonly changed: readonly Entry[]
  /** Documents of which there is no entry any more. */
  readonly removed: readonly string[]
  /** How many entries there are. */
  readonly total: number
}

export type SweepOptions = {
  readonly signal?: CancelSignal | undefined
  /** Told of what changed section by section, so that not all of it is there at once; the answer is then without it. */
  readonly take?: (part: Pick<Sweep, 'changed' | 'removed'>) => Promise<void>
}

/** The table is brought up to date at the end; a sweep that fails or is cancelled leaves it as it was. */
export async function sweepWorkspace(
  context: StoreContext,
  table: StampTable,
  { signal, take }: SweepOptions = {},
): Promise<Sweep> {
  const walked = await walkFolders(context, {
    signal,
    keep: (path, stamps) => {
      const before = table.folders.get(path)
      return before !== undefined && isSameFolder(before, stamps) ? before : stamps
    },
  })
  const { folders, differing, hasOtherRuns } = compare(table.folders, walked)
  const strays = hasOtherRuns ? findStrays(folders) : table.strays
  const sections = new Set(
    [...differing, ...[...strays, ...table.strays].map(folderOf)].map(sectionOf),
  )
  const members = membersOf([...table.folders.keys(), ...walked.keys()], sections)
  const counts = new Map(table.counts)
  const all: { readonly changed: Entry[]; readonly removed: string[] } = {
    changed: [],
    removed: [],
  }
  for (const [section, paths] of members) {
    const before = unitsOf(partsOf(paths, table.folders, new Map()), table.strays)
    const now = unitsOf(partsOf(paths, folders, walked), strays)
    counts.set(section, now.size)
    if (now.size === 0) counts.delete(section)
    const part = await differenceOf(context, before, now)
    if (take !== undefined) await take(part)
    else {
      for (const entry of part.changed) all.changed.push(entry)
      for (const document of part.removed) all.removed.push(document)
    }
    throwIfCancelled(signal, 'Listing the workspace')
  }
  Object.assign(table, { folders, strays, counts } satisfies StampTable)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { ...all, total }
}

async function differenceOf(
  context: StoreContext,
  before: ReadonlyMap<string, Unit<unknown>>,
  now: ReadonlyMap<string, LookedUnit>,
): Promise<Pick<Sweep, 'changed' | 'removed'>> {
  const changed = [...now.values()].filter((unit) => !isSame(before.get(unit.document), unit))
  const removed = [...before.keys()].filter((document) => !now.has(document))
  return { changed: await entriesOf(context, changed), removed }
}

type Comparison = {
  readonly folders: ReadonlyMap<string, FolderStamps>
  readonly differing: readonly string[]
  /** Files came to a day folder or went. */
  readonly hasOtherRuns: boolean
}

function compare(
  known: ReadonlyMap<string, FolderStamps>,
  walked: ReadonlyMap<string, WalkedFolder>,
): Comparison {
  const folders = new Map<string, FolderStamps>()
  const gone = [...known.keys()].filter((path) => !walked.has(path))
  const differing: string[] = [...gone]
  let hasOtherRuns = gone.some((path) => dayOfFolder(path) !== null)
  for (const [path, { stamps }] of walked) {
    const before = known.get(path)
    folders.set(path, stamps)
    if (before === stamps) continue
    differing.push(path)
    if (dayOfFolder(path) !== null && before?.names !== stamps.names) hasOtherRuns = true
  }
  return { folders, differing, hasOtherRuns }
}

function isSameFolder(one: FolderStamps, other: FolderStamps): boolean {
  if (one.problem !== other.problem || one.names !== other.names) return false
  if (one.problems.size !== other.problems.size) return false
  for (const [place, problem] of one.problems) {
    if (other.problems.get(place) !== problem) return false
  }
  return areSameNumbers(one.rows, other.rows)
}

function areSameNumbers(one: Float64Array, other: Float64Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false
  return true
}

function membersOf(
  paths: readonly string[],
  sections: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>()
  for (const path of paths) {
    const section = sectionOf(path)
    if (!sections.has(section)) continue
    const known = members.get(section)
    if (known === undefined) members.set(section, new Set([path]))
    else known.add(path)
  }
  return members
}

function partsOf(
  paths: ReadonlySet<string>,
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

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
