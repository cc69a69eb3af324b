// Looks at every file of a workspace once, and tells what is not as it was the last time.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { FolderStamps, StampTable } from './stampTable.ts'
import type { StoreContext } from './storeContext.ts'
import type { Entry } from './store.ts'
import type { SweepPart } from './sweepPart.ts'
import { areSameNumbers, differenceOf, partsOf } from './sweepDifference.ts'
import { createEarlySections, type EarlySection } from './sweepEarly.ts'
import { walkFolders, type WalkedFolder } from './walk.ts'
import { dayOfFolder } from './walkRules.ts'
import { findStrays, sectionOf, unitsOf } from './walkUnits.ts'

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
  /** So many first bytes of heads are read with the look at them, where that is quicker and nothing is known yet. */
  readonly startBytes?: number
  /**
   * Told of what changed section by section, as soon as all of it was looked at, so that not all of it is there at once; the
   * answer is then without it. What was told as a run and turns out to be none is told again: removed, and changed.
   */
  readonly take?: (part: SweepPart) => Promise<void>
}

/** The table is brought up to date at the end; a sweep that fails or is cancelled leaves it as it was. */
export async function sweepWorkspace(
  context: StoreContext,
  table: StampTable,
  { signal, take, startBytes }: SweepOptions = {},
): Promise<Sweep> {
  const early = take === undefined ? null : createEarlySections(context, table, take)
  const walked = await walkFolders(context, {
    signal,
    startBytes: table.folders.size === 0 && take !== undefined ? (startBytes ?? null) : null,
    keep: (path, stamps) => {
      const before = table.folders.get(path)
      return before !== undefined && isSameFolder(before, stamps) ? before : stamps
    },
    ...(early === null ? {} : { told: early.told }),
  })
  const { folders, differing, hasOtherRuns } = compare(table.folders, walked)
  const strays = hasOtherRuns ? findStrays(folders) : table.strays
  const straySections = new Set(
    [...strays, ...table.strays].map((path) => sectionOf(folderOf(path))),
  )
  const sections = new Set([...differing.map(sectionOf), ...straySections])
  const members = membersOf([...table.folders.keys(), ...walked.keys()], sections)
  const counts = new Map(table.counts)
  const all: { readonly changed: Entry[]; readonly removed: string[] } = {
    changed: [],
    removed: [],
  }
  for (const [section, paths] of members) {
    const known = early?.sections.get(section)
    if (known !== undefined && !straySections.has(section)) {
      setCount(counts, section, known.total)
      continue
    }
    const before = unitsOf(partsOf(paths, table.folders, new Map()), table.strays)
    const now = unitsOf(partsOf(paths, folders, walked), strays)
    setCount(counts, section, now.size)
    const part = await differenceOf(context, before, now)
    if (take !== undefined) {
      const removed = straySections.has(section) ? toldAgain(part, known) : part.removed
      await take({ changed: part.changed, removed, heads: null })
    } else {
      for (const entry of part.changed) all.changed.push(entry)
      for (const document of part.removed) all.removed.push(document)
    }
    throwIfCancelled(signal, 'Listing the workspace')
  }
  Object.assign(table, { folders, strays, counts } satisfies StampTable)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { ...all, total }
}

/** A row of a run is none of a document that has the same files: each is removed before it comes. */
function toldAgain(
  { changed, removed }: Pick<Sweep, 'changed' | 'removed'>,
  early: EarlySection | undefined,
): readonly string[] {
  const came = changed.map(({ document }) => document)
  return [...new Set([...removed, ...came, ...(early?.documents() ?? [])])]
}

function setCount(counts: Map<string, number>, section: string, count: number): void {
  if (count === 0) counts.delete(section)
  else counts.set(section, count)
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

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
