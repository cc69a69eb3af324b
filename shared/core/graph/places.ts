import type { StepId } from '../../schema/ids.ts'
import type { StepState } from '../../schema/run.ts'
import { createSortedList, type SortedList } from './sortedList.ts'
import { hasSlot, untilMsOf } from './slots.ts'

/** A place in dependency order; the items of a step stand behind it, in their own order. */
export type Position = { readonly position: number; readonly index: number }
export type Moment = Position & { readonly untilMs: number }
export type Timer = Moment & { readonly of: Place | Group }

/** A step, or an item of one, and where it stands. */
export type Place = Position & {
  readonly step: StepId
  readonly takesSlot: boolean
  /** Its condition wants to know how what it needs has ended: it is asked whatever the end was. */
  readonly asksOutcomes: boolean
  /** The items that it is one of. */
  readonly group: Group | null
  /** How many of its needs have not come to their end, and how many ended badly. */
  open: number
  broken: number
  state: StepState | undefined
  list: 'ready' | 'blocked' | null
  timer: Timer | null
}

/** The items of one step, of which only so many may run at once. */
export type Group = Position & {
  readonly step: StepId
  /** Where the step itself stands. */
  readonly owner: Place
  readonly takesSlot: boolean
  readonly limit: number
  readonly ready: SortedList<Position, Place>
  readonly timers: SortedList<Moment, Timer>
  /** How many of its items there shall be, while the step waits for them; else null. */
  total: number | null
  /** How many of them run, and how many have come to their end. */
  taken: number
  done: number
  isListed: boolean
  timer: Timer | null
}

export function createPlace(
  options: Pick<Place, 'position' | 'index' | 'step' | 'takesSlot' | 'asksOutcomes' | 'group'> & {
    readonly open: number
  },
): Place {
  return { ...options, broken: 0, state: undefined, list: null, timer: null }
}

export function createGroup(
  options: Pick<Group, 'position' | 'step' | 'owner' | 'takesSlot' | 'limit'>,
): Group {
  return {
    ...options,
    index: -1,
    ready: createSortedList<Position, Place>(byPosition),
    timers: createSortedList<Moment, Timer>(byTime),
    total: null,
    taken: 0,
    done: 0,
    isListed: false,
    timer: null,
  }
}

export function listOf({ state, open, broken, asksOutcomes }: Place): Place['list'] {
  if (state !== undefined && state.status !== 'pending') return null
  if (asksOutcomes) return open === 0 ? 'ready' : null
  if (broken > 0) return 'blocked'
  return open === 0 ? 'ready' : null
}

/**
 * The moment of a step that waits for one. Where a resume asks for a need of it once more, that comes first: its moment is
 * looked at once the need has come to its end.
 */
export function timerOf(place: Place): Timer | null {
  const { position, index, state, open } = place
  const untilMs = open > 0 ? null : untilMsOf(state)
  return untilMs === null ? null : { position, index, untilMs, of: place }
}

export function slotOf({ takesSlot, state }: Place): 0 | 1 {
  return takesSlot && hasSlot(state) ? 1 : 0
}

/** How many more items of a group may begin. */
export function roomIn({ owner, total, takesSlot, limit, taken }: Group): number {
  if (total === null || owner.open > 0) return 0
  return takesSlot ? Math.max(0, limit - taken) : Infinity
}

export function byPosition(a: Position, b: Position): number {
  return a.position - b.position || a.index - b.index
}

export function byTime(a: Moment, b: Moment): number {
  return a.untilMs - b.untilMs || byPosition(a, b)
}
