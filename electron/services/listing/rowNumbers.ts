// Numbers of a row that follow from its columns.
import type { Columns } from './columns.ts'
import { timeMs } from './timeKey.ts'

const none = Number.NaN

/** When the run came to the state that it is in: its end, or else its last change. */
export function sinceAt({ finishedAt, updatedAt }: Columns, place: number): number {
  const finished = finishedAt[place] ?? none
  return Number.isNaN(finished) ? (updatedAt[place] ?? none) : finished
}

/** From its creation to its end, or to its last change; never less than nothing, whatever the clocks said. */
export function durationAt(columns: Columns, place: number): number {
  const lasted = timeMs(sinceAt(columns, place)) - timeMs(columns.createdAt[place] ?? none)
  return Math.max(0, lasted)
}

/** Of a million, how many steps are done; NaN where it has none. */
export function doneShareAt({ stepsDone, stepsTotal }: Columns, place: number): number {
  const total = stepsTotal[place] ?? 0
  return total === 0 ? none : Math.round(((stepsDone[place] ?? 0) / total) * 1e6)
}
