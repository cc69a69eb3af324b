import type { StepId } from '../../schema/ids.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { invariant } from '../../assert.ts'
import { needsOf, order, stepOf } from './order.ts'
import { createSortedList } from './sortedList.ts'
import { blockedReason, standingOf, type Standing } from './standing.ts'

/**
 * Which steps can be dealt with, kept up to date step by step: a change costs the steps that need the changed one, a
 * question costs its answer. It answers what `readySteps` does of the whole run.
 */
export type Schedule = {
  /** Tells the state that a step has now. */
  update(step: string, state: StepState): void
  /** Steps that can run, in dependency order, at most this many. */
  ready(limit: number): readonly StepId[]
  /** Steps to skip because of a dependency, in dependency order. */
  blocked(): readonly { readonly step: StepId; readonly reason: string }[]
  /** Steps that wait for a time which has come, the earliest first, at most this many. */
  due(nowMs: number, limit: number): readonly StepId[]
  /** The next time that a step waits for. */
  nextDueMs(nowMs: number): number | null
}

/** A place in dependency order. */
type Position = { readonly position: number }
type Moment = Position & { readonly untilMs: number }
type Timer = Moment & { readonly step: StepId }
type Place = Position & {
  readonly step: StepId
  /** How many of its needs have not come to their end, and how many ended badly. */
  open: number
  broken: number
  state: StepState | undefined
  /** The list that it is in. */
  list: 'ready' | 'blocked' | null
  timer: Timer | null
}

export function createSchedule(definition: WorkflowDefinition, steps: Run['steps']): Schedule {
  const places = new Map<string, Place>()
  const standings = new Map<string, Standing>()
  const dependents = new Map<string, Place[]>()
  const ready = createSortedList<Position, Place>(byPosition)
  const blocked = createSortedList<Position, Place>(byPosition)
  const timers = createSortedList<Moment, Timer>(byTime)
  for (const [position, step] of order(definition).entries()) addPlace(step, position)
  for (const place of places.values()) settle(place)
  for (const [step, state] of Object.entries<StepState>(steps)) update(step, state)

  return {
    update,
    ready: (limit) => ready.first(limit).map(({ step }) => step),
    blocked: () => blocked.first(Infinity).map(({ step }) => ({ step, reason: reasonOf(step) })),
    due: (nowMs, limit) => {
      const count = timers.countBefore(behind(nowMs))
      return timers.first(Math.min(limit, count)).map(({ step }) => step)
    },
    nextDueMs: (nowMs) => timers.after(behind(nowMs))?.untilMs ?? null,
  }

  function addPlace(step: StepId, position: number): void {
    const needs = needsOf(definition, step)
    const place = { step, position, open: needs.length, broken: 0, state: undefined }
    const added: Place = { ...place, list: null, timer: null }
    places.set(step, added)
    for (const need of needs) {
      const others = dependents.get(need)
      if (others === undefined) dependents.set(need, [added])
      else others.push(added)
    }
  }

  function update(step: string, state: StepState): void {
    const place = places.get(step)
    if (place !== undefined) {
      place.state = state
      settle(place)
    }
    const before = standings.get(step)?.kind ?? 'open'
    const goesOn = place !== undefined && stepOf(definition, place.step)?.continueOnError === true
    const standing = standingOf(state, goesOn)
    standings.set(step, standing)
    if (standing.kind === before) return
    for (const dependent of dependents.get(step) ?? []) {
      if (before !== 'settled') dependent[before] -= 1
      if (standing.kind !== 'settled') dependent[standing.kind] += 1
      settle(dependent)
    }
  }

  /** Puts a step into the lists where it belongs. */
  function settle(place: Place): void {
    const list = listOf(place)
    if (list !== place.list) {
      if (place.list !== null) (place.list === 'ready' ? ready : blocked).remove(place)
      if (list !== null) (list === 'ready' ? ready : blocked).add(place)
      place.list = list
    }
    const untilMs = untilOf(place.state)
    if (untilMs === (place.timer?.untilMs ?? null)) return
    if (place.timer !== null) timers.remove(place.timer)
    const { step, position } = place
    place.timer = untilMs === null ? null : { step, position, untilMs }
    if (place.timer !== null) timers.add(place.timer)
  }

  function reasonOf(step: StepId): string {
    const reasons = needsOf(definition, step).flatMap((need) => {
      const standing = standings.get(need)
      return standing?.kind === 'broken' ? [blockedReason(need, standing.word)] : []
    })
    const [first] = reasons
    invariant(first !== undefined, `Step ${step} is blocked by nothing.`)
    return first
  }
}

function listOf({ state, open, broken }: Place): Place['list'] {
  if (state !== undefined && state.status !== 'pending') return null
  if (broken > 0) return 'blocked'
  return open === 0 ? 'ready' : null
}

function untilOf(state: StepState | undefined): number | null {
  const on = state?.status === 'waiting' ? state.waitingOn : null
  return on?.kind === 'retry' || on?.kind === 'time' ? Date.parse(on.until) : null
}

function byPosition(a: Position, b: Position): number {
  return a.position - b.position
}

function byTime(a: Moment, b: Moment): number {
  return a.untilMs - b.untilMs || byPosition(a, b)
}

/** Behind everything that is due by then, before everything that is not. */
function behind(nowMs: number): Moment {
  return { position: Infinity, untilMs: nowMs }
}
