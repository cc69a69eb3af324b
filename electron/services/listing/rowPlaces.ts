// Where the rows of the table are: each has a place in the columns, keeps its views counted and its fork known.
import type { RunRow, RunView } from '../../../shared/contract/runs.ts'
import { createCodeMap } from './codeMap.ts'
import { createColumns, flags, withCapacity, type Columns } from './columns.ts'
import { createDocumentCodes } from './documentCodes.ts'
import { createForkIndex, type ForkIndex } from './forkIndex.ts'
import { createHeadRowPutter, type HeadRow } from './headRow.ts'
import { putRow, viewFactsAt, type Pools } from './rowColumns.ts'
import type { SortColumn } from './sortKeys.ts'
import type { TableRow } from './tableRow.ts'
import type { TextCode } from './pooledTexts.ts'
import { createTextPool } from './textPool.ts'
import { createViewCounts, viewMask, type ViewFacts } from './views.ts'

/** Columns of `rows` places in all, with the pools that their codes are of. */
export type SavedTable = {
  readonly columns: Columns
  readonly pools: Pools
  readonly rows: number
  readonly flaws: Flaws
}

/** By place, the errors that reading all of a run told: of the few that have any. */
export type Flaws = ReadonlyMap<number, number>

export type RowPlaces = {
  readonly pools: Pools
  readonly forks: ForkIndex
  readonly columns: () => Columns
  /** Places that are or were used. */
  readonly used: () => number
  readonly live: () => number
  readonly counts: () => Record<RunView, number>
  /** The place of a document's row; -1 when it has none. */
  readonly placeOf: (document: string) => number
  readonly documentAt: (place: number) => string
  readonly isLive: (place: number) => boolean
  readonly supersededBy: (place: number) => RunRow['supersededBy']
  readonly flaws: Flaws
  readonly upsert: (row: TableRow) => void
  /** Makes the row of a run that was told by its head alone. False, with nothing said, where its document has a row. */
  readonly add: (row: HeadRow) => boolean
  readonly remove: (document: string) => void
}

function emptyPools(): Pools {
  return {
    texts: createTextPool(),
    paths: createTextPool(),
  }
}

type OnChange = (place: number, columns: readonly SortColumn[] | 'all') => void

export function createRowPlaces(saved: SavedTable | null, onChange: OnChange): RowPlaces {
  const pools = saved?.pools ?? emptyPools()
  const documents = createDocumentCodes(pools)
  const forks = createForkIndex(documents.compare)
  const counts = createViewCounts()
  const placeOfRun = createCodeMap(pools.texts.size())
  const free: number[] = []
  const flaws = new Map(saved?.flaws)
  /** Views of rows that were told by their heads, by status, severity and liveness. */
  const headViews = new Map<number, number>()
  let putHeadRow: ReturnType<typeof createHeadRowPutter> | null = null
  let columns = saved?.columns ?? createColumns(256)
  let used = saved?.rows ?? 0

  const isLive = (place: number): boolean => ((columns.flags[place] ?? 0) & flags.live) !== 0
  /** By what those that take its place name it: its id, or of a document its key. */
  const keyOf = (place: number): TextCode => {
    const isRun = ((columns.flags[place] ?? 0) & flags.run) !== 0
    const key = isRun ? 0 : (columns.parent[place] ?? 0)
    return key === 0 ? (columns.reference[place] ?? 0) : key
  }
  const supersededBy = (place: number): RunRow['supersededBy'] => {
    const fork = forks.forkOf(keyOf(place))
    return fork === null ? null : pools.texts.textOf(columns.id[fork] ?? 0)
  }
  const count = (place: number, facts: Omit<ViewFacts, 'supersededBy'> | null): void => {
    const before = columns.views[place] ?? 0
    const after = facts === null ? 0 : viewMask({ ...facts, supersededBy: supersededBy(place) })
    counts.replace(before, after)
    columns.views[place] = after
  }
  /** The views of a row that nothing is known of beside its texts, of which there are few combinations. */
  const countNew = (place: number): void => {
    if (forks.forkOf(keyOf(place)) !== null) return count(place, viewFactsAt(columns, pools, place))
    const { status, severity, liveness } = columns
    const ofStatus = status[place] ?? 0
    const ofSeverity = severity[place] ?? 0
    const key = (ofStatus * mostCodes + ofSeverity) * mostCodes + (liveness[place] ?? 0)
    const known = headViews.get(key)
    if (known === undefined) {
      count(place, viewFactsAt(columns, pools, place))
      if (Math.max(ofStatus, ofSeverity, liveness[place] ?? 0) < mostCodes)
        headViews.set(key, columns.views[place] ?? 0)
    } else {
      counts.replace(columns.views[place] ?? 0, known)
      columns.views[place] = known
    }
  }
  const countParent = (place: number): void => {
    const parent = placeOfRun.get(columns.parent[place] ?? 0)
    if (parent === -1 || !isLive(parent)) return
    count(parent, { ...viewFactsAt(columns, pools, parent), ...flawsOf(flaws, parent) })
  }
  const link = (place: number): void => {
    const { parent, document } = columns
    documents.put(document[place] ?? 0, place)
    placeOfRun.set(keyOf(place), place)
    if (((columns.flags[place] ?? 0) & flags.run) === 0 || parent[place] === 0) return
    forks.put(place, parent[place] ?? 0, document[place] ?? 0)
    countParent(place)
  }
  const unlink = (place: number): void => {
    if (placeOfRun.get(keyOf(place)) === place) placeOfRun.delete(keyOf(place))
    if (((columns.flags[place] ?? 0) & flags.run) === 0 || columns.parent[place] === 0) return
    forks.remove(place, columns.parent[place] ?? 0)
    countParent(place)
  }
  const newPlace = (): number => {
    const place = free.pop() ?? used++
    const capacity = columns.flags.length
    if (place >= capacity) columns = withCapacity(columns, capacity * 2)
    return place
  }

  for (let place = 0; place < used; place++) {
    if (!isLive(place)) free.push(place)
    else {
      counts.replace(0, columns.views[place] ?? 0)
      link(place)
    }
  }
  return {
    pools,
    forks,
    columns: () => columns,
    used: () => used,
    live: () => used - free.length,
    counts: counts.all,
    placeOf: documents.placeOf,
    documentAt: (place) => documents.textOf(columns.document[place] ?? 0),
    isLive,
    supersededBy,
    flaws,
    upsert: (given) => {
      const document = documents.intern(given.document)
      const known = documents.placeOfCode(document)
      const place = known === -1 ? newPlace() : known
      if (known !== -1) unlink(place)
      const changed = putRow(columns, pools, { place, given, document })
      if (given.row.flaws === undefined) flaws.delete(place)
      else flaws.set(place, given.row.flaws)
      link(place)
      count(place, given.row)
      onChange(place, known === -1 ? 'all' : changed)
    },
    add: (row) => {
      const { heads, index } = row
      const { id: ids, isHome } = heads.lines
      const from = ids[index * 2] ?? 0
      const to = ids[index * 2 + 1] ?? 0
      const id = pools.texts.internBytes({ bytes: heads.bytes, from, to }, 0)
      const document = isHome[index] === 1 ? -id : documents.intern(heads.documentAt(index))
      if (documents.placeOfCode(document) !== -1) return false
      const place = newPlace()
      putHeadRow ??= createHeadRowPutter(pools.texts)
      putHeadRow(columns, { place, row, id, document })
      link(place)
      countNew(place)
      onChange(place, 'all')
      return true
    },
    remove: (document) => {
      const place = documents.placeOf(document)
      if (place === -1) return
      unlink(place)
      documents.remove(columns.document[place] ?? 0)
      columns.flags[place] = 0
      flaws.delete(place)
      count(place, null)
      free.push(place)
      onChange(place, 'all')
    },
  }
}

/** Of which three make a number that is still exact. */
const mostCodes = 2 ** 17

export function flawsOf(flaws: Flaws, place: number): Pick<RunRow, 'flaws'> {
  const count = flaws.get(place)
  return count === undefined ? {} : { flaws: count }
}
