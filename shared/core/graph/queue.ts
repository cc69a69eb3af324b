import type { StepId } from '../../schema/ids.ts'
import {
  byPosition,
  byTime,
  roomIn,
  timerOf,
  type Group,
  type Moment,
  type Place,
  type Position,
  type Timer,
} from './places.ts'
import type { NextOptions } from './schedule.ts'
import { createSortedList, type SortedList } from './sortedList.ts'

/** The lists from which steps are taken: a group of items stands in them as long as one of its items may begin. */
export type Queue = {
  /** Puts a step where it belongs now. */
  settle(place: Place, list: Place['list']): void
  settleGroup(group: Group): void
  readonly next: (options: NextOptions) => readonly StepId[]
  blocked(most: number): readonly StepId[]
  readonly nextDueMs: (nowMs: number) => number | null
}

type Lane = {
  readonly ready: SortedList<Position, Place | Group>
  readonly timers: SortedList<Moment, Timer>
}

export function createQueue(): Queue {
  const free = createLane()
  const slotted = createLane()
  const blocked = createSortedList<Position, Place>(byPosition)
  const laneOf = ({ takesSlot }: Place | Group): Lane => (takesSlot ? slotted : free)

  return {
    settle,
    settleGroup,
    blocked: (most) => blocked.first(most).map(({ step }) => step),
    next({ nowMs, slots, most }) {
      const first = takeFrom(free, { nowMs, most })
      const room = Math.min(slots, most - first.length)
      return [...first, ...takeFrom(slotted, { nowMs, most: room })]
    },
    nextDueMs(nowMs) {
      const times = [free, slotted].flatMap(({ timers }) => timers.after(behind(nowMs)) ?? [])
      return times.length === 0 ? null : Math.min(...times.map(({ untilMs }) => untilMs))
    },
  }

  function settle(place: Place, list: Place['list']): void {
    const { group } = place
    const ready = group?.ready ?? laneOf(place).ready
    if (list !== place.list) {
      if (place.list !== null) (place.list === 'ready' ? ready : blocked).remove(place)
      if (list !== null) (list === 'ready' ? ready : blocked).add(place)
      place.list = list
    }
    const timer = timerOf(place)
    if (timer?.untilMs === place.timer?.untilMs) return
    moveTimer(group?.timers ?? laneOf(place).timers, place, timer)
  }

  function settleGroup(group: Group): void {
    const lane = laneOf(group)
    const hasRoom = roomIn(group) > 0
    const isListed = hasRoom && group.ready.size() > 0
    if (isListed !== group.isListed) {
      if (isListed) lane.ready.add(group)
      else lane.ready.remove(group)
      group.isListed = isListed
    }
    const earliest = hasRoom ? group.timers.at(0) : undefined
    if (earliest?.untilMs === group.timer?.untilMs) return
    const { position, index } = group
    const untilMs = earliest?.untilMs
    moveTimer(
      lane.timers,
      group,
      untilMs === undefined ? null : { position, index, untilMs, of: group },
    )
  }
}

function createLane(): Lane {
  return {
    ready: createSortedList<Position, Place | Group>(byPosition),
    timers: createSortedList<Moment, Timer>(byTime),
  }
}

function moveTimer(
  timers: SortedList<Moment, Timer>,
  of: Place | Group,
  timer: Timer | null,
): void {
  if (of.timer !== null) timers.remove(of.timer)
  of.timer = timer
  if (timer !== null) timers.add(timer)
}

/** What is due, then what is ready; of a group no more than it has room for. */
function takeFrom(
  { ready, timers }: Lane,
  { nowMs, most }: Pick<NextOptions, 'nowMs' | 'most'>,
): readonly StepId[] {
  const found: StepId[] = []
  const begun = new Map<Group, number>()
  const due = timers.countBefore(behind(nowMs))
  for (let place = 0; place < due && found.length < most; place++) {
    const of = timers.at(place)?.of
    if (of !== undefined) take(of, (group) => group.timers.countBefore(behind(nowMs)), dueItem)
  }
  for (let place = 0; place < ready.size() && found.length < most; place++) {
    const of = ready.at(place)
    if (of !== undefined) take(of, (group) => group.ready.size(), readyItem)
  }
  return found

  function take(
    of: Place | Group,
    count: (group: Group) => number,
    itemAt: (group: Group, place: number) => StepId | undefined,
  ): void {
    if (!('limit' in of)) {
      found.push(of.step)
      return
    }
    const already = begun.get(of) ?? 0
    const room = Math.min(count(of), roomIn(of) - already, most - found.length)
    for (let place = 0; place < room; place++) {
      const step = itemAt(of, place)
      if (step !== undefined) found.push(step)
    }
    begun.set(of, already + Math.max(0, room))
  }
}

function readyItem({ ready }: Group, place: number): StepId | undefined {
  return ready.at(place)?.step
}

function dueItem({ timers }: Group, place: number): StepId | undefined {
  return timers.at(place)?.of.step
}

/** Behind everything that is due by then, before everything that is not. */
function behind(nowMs: number): Moment {
  return { position: Infinity, index: Infinity, untilMs: nowMs }
}
