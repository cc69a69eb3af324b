import { isDone } from './isDone.ts'
import type { StepId } from '../../schema/ids.ts'
import { itemParent } from '../../schema/itemStep.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { invariant } from '../../assert.ts'
import { looksAtOutcomes } from '../expression/looksAtOutcomes.ts'
import { needsOf, order, stepOf } from './order.ts'
import { createGroup, createPlace, listOf, slotOf, type Group, type Place } from './places.ts'
import { createQueue } from './queue.ts'
import { itemsAtOnce, takesSlot } from './slots.ts'
import { blockedReason, standingOf, type Standing } from './standing.ts'

/**
 * Which steps can be dealt with, kept up to date step by step: a change costs the steps that need the changed one, a
 * question costs its answer. A step whose needs are still open is in none of its answers.
 */
export type Schedule = {
  /** Tells the state that a step has now. */
  update(step: string, state: StepState): void
  /**
   * What can be dealt with now: steps whose moment has come, the earliest first, then those that can begin, in dependency
   * order. At most `slots` of them take a slot, and at most `most` are named in all.
   */
  next(options: NextOptions): readonly StepId[]
  /** Steps to skip because of a dependency, in dependency order, at most this many. */
  blocked(most: number): readonly { readonly step: StepId; readonly reason: string }[]
  /** Steps all of whose items have ended. */
  settled(): readonly StepId[]
  /** The next moment that a step waits for. */
  nextDueMs(nowMs: number): number | null
  /** How many slots are taken. */
  taken(): number
  /** How many steps wait for something that is known; one that waits for its items does so through these. */
  waiting(): number
}
export type NextOptions = { readonly nowMs: number; readonly slots: number; readonly most: number }

export function createSchedule(definition: WorkflowDefinition, steps: Run['steps']): Schedule {
  const places = new Map<string, Place>()
  const groups = new Map<string, Group>()
  const standings = new Map<string, Standing>()
  const dependents = new Map<string, Place[]>()
  const settled = new Set<StepId>()
  const queue = createQueue()
  let taken = 0
  let waiting = 0
  for (const [position, step] of order(definition).entries()) addStep(step, position)
  for (const place of places.values()) queue.settle(place, listOf(place))
  for (const [step, state] of Object.entries<StepState>(steps)) update(step, state)

  return {
    update,
    next: queue.next,
    blocked: (most) => queue.blocked(most).map((step) => ({ step, reason: reasonOf(step) })),
    settled: () => [...settled],
    nextDueMs: queue.nextDueMs,
    taken: () => taken,
    waiting: () => waiting,
  }

  function addStep(step: StepId, position: number): void {
    const needs = needsOf(definition, step)
    const stepDefinition = stepOf(definition, step)
    invariant(stepDefinition !== undefined, `Step ${step} of the order is defined.`)
    const { when, forEach } = stepDefinition
    const added = createPlace({
      step,
      position,
      index: -1,
      takesSlot: takesSlot(stepDefinition, { isItem: false }),
      asksOutcomes: when !== undefined && looksAtOutcomes(when),
      group: null,
      open: needs.length,
    })
    places.set(step, added)
    if (forEach !== undefined) {
      const limit = itemsAtOnce(stepDefinition, definition.parallel)
      const itemTakes = takesSlot(stepDefinition, { isItem: true })
      groups.set(step, createGroup({ step, position, owner: added, limit, takesSlot: itemTakes }))
    }
    for (const need of needs) {
      const others = dependents.get(need)
      if (others === undefined) dependents.set(need, [added])
      else others.push(added)
    }
  }

  /** The place of a step; that of an item is made when its first state is told. */
  function placeOf(step: string): Place | undefined {
    const known = places.get(step)
    const parent = known === undefined ? itemParent(step) : null
    const group = parent === null ? undefined : groups.get(parent.step)
    if (parent === null || group === undefined) return known
    const { position } = group
    const own = { step: step as StepId, position, index: parent.index, group } // taken apart as one
    const added = createPlace({ ...own, takesSlot: group.takesSlot, asksOutcomes: false, open: 0 })
    places.set(step, added)
    return added
  }

  function update(step: string, state: StepState): void {
    const place = placeOf(step)
    if (place !== undefined) {
      count(place, -1)
      place.state = state
      count(place, 1)
      queue.settle(place, listOf(place))
      followGroups(place)
    }
    const before = standings.get(step)?.kind ?? 'open'
    const goesOn = place !== undefined && stepOf(definition, place.step)?.continueOnError === true
    const standing = standingOf(state, goesOn)
    standings.set(step, standing)
    if (standing.kind === before) return
    for (const dependent of dependents.get(step) ?? []) {
      if (before !== 'settled') dependent[before] -= 1
      if (standing.kind !== 'settled') dependent[standing.kind] += 1
      queue.settle(dependent, listOf(dependent))
      const items = groups.get(dependent.step)
      if (items !== undefined) queue.settleGroup(items)
    }
  }

  function count(place: Place, by: 1 | -1): void {
    const { state, group } = place
    const slot = slotOf(place) * by
    taken += slot
    const on = state?.status === 'waiting' ? state.waitingOn : null
    if (on !== null && on.kind !== 'items') waiting += by
    if (group === null) return
    group.taken += slot
    if (state !== undefined && isDone(state.status)) group.done += by
  }

  /** What a change of a step means for the items that it has, or is one of. */
  function followGroups({ step, state, group }: Place): void {
    const own = group ?? groups.get(step)
    if (own === undefined) return
    if (group === null) {
      const on = state?.status === 'waiting' ? state.waitingOn : null
      own.total = on?.kind === 'items' ? on.total : null
    }
    queue.settleGroup(own)
    if (own.total !== null && own.done >= own.total) settled.add(own.step)
    else settled.delete(own.step)
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
