// Failed runs by what they failed with, and their forks: from the columns alone, in two passes.
import { flags, type Columns } from './columns.ts'
import type { SavedTable } from './rowPlaces.ts'
import type { KnownFork } from './tryMemory.ts'
import { timeText } from './timeKey.ts'
import { viewBit } from './views.ts'

export type FailedAlike = {
  /** The newest failure first. */
  readonly places: readonly number[]
  /** When they failed, in the same order. */
  readonly times: readonly string[]
  /** How many no other run took the place of. */
  readonly left: number
}

export type FailedRuns = {
  readonly groups: ReadonlyMap<string, FailedAlike>
  readonly forks: readonly KnownFork[]
}

export function failedAlike({ columns, pools, rows }: SavedTable): FailedRuns {
  const failed = viewBit('failed')
  const places: number[] = []
  const placeOf = new Map<number, number>()
  for (let place = 0; place < rows; place++) {
    if (!isLive(columns, place) || ((columns.views[place] ?? 0) & failed) === 0) continue
    if (columns.error[place] === 0) continue
    places.push(place)
    placeOf.set(columns.id[place] ?? 0, place)
  }
  const text = (code: number | undefined): string => pools.texts.textOf(code ?? 0) ?? ''
  const forks: KnownFork[] = []
  const replaced = new Set<number>()
  for (let fork = 0; fork < rows; fork++) {
    const parent = columns.parent[fork] ?? 0
    const place = parent === 0 || !isLive(columns, fork) ? undefined : placeOf.get(parent)
    if (place === undefined || place === fork) continue
    replaced.add(place)
    forks.push({
      run: text(columns.id[place]),
      error: text(columns.error[place]),
      fork: text(columns.id[fork]),
      createdAt: timeText(columns.createdAt[fork] ?? Number.NaN) ?? '',
      step: pools.texts.textOf(columns.step[place] ?? 0),
    })
  }
  return { groups: grouped({ columns, places, replaced, text }), forks }
}

function isLive(columns: Columns, place: number): boolean {
  return ((columns.flags[place] ?? 0) & flags.live) !== 0
}

function grouped(given: {
  readonly columns: Columns
  readonly places: readonly number[]
  readonly replaced: ReadonlySet<number>
  readonly text: (code: number | undefined) => string
}): ReadonlyMap<string, FailedAlike> {
  const { columns, places, replaced, text } = given
  const at = (place: number): number => {
    const finished = columns.finishedAt[place] ?? Number.NaN
    return Number.isNaN(finished) ? (columns.updatedAt[place] ?? Number.NaN) : finished
  }
  const byError = new Map<number, number[]>()
  for (const place of places) {
    const code = columns.error[place] ?? 0
    const alike = byError.get(code)
    if (alike === undefined) byError.set(code, [place])
    else alike.push(place)
  }
  return new Map(
    [...byError].map(([code, alike]) => {
      const newest = alike.toSorted((a, b) => at(b) - at(a))
      const times = newest.map((place) => timeText(at(place)) ?? '')
      const left = alike.filter((place) => !replaced.has(place)).length
      return [text(code), { places: newest, times, left }]
    }),
  )
}
