import type { StepId } from '../../schema/ids.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { itemsOf } from './itemsOf.ts'
import { definitionInUse, type ResumeInput } from './resumeInput.ts'
import type { ResumeStep } from './resumePlan.ts'

/** [S17] What needs the step after which the resume stops is not reached, and needs no decision now. */
export function stopBehind(input: ResumeInput, rows: readonly ResumeStep[]): readonly ResumeStep[] {
  const { stopAfter } = input
  if (stopAfter === null) return rows
  const behind = dependentsOf(input, [stopAfter])
  return rows.map((row) => {
    const isOpen = row.action === 'run' || row.action === 'ask'
    // Whoever carries the run would find nothing of it and record a failure, and nobody would be asked any more.
    const isInDoubt = row.action === 'ask' && row.status === 'running'
    if (!isOpen || isInDoubt || row.decision !== null || !behind.has(row.step)) return row
    const reason = `${row.step} is not reached: the resume stops after ${stopAfter}.`
    return { ...row, action: 'blocked', rule: 'S17', reason, options: [] }
  })
}

/** [S18] What needs a step that is blocked cannot run either. */
export function blockDependents(
  input: ResumeInput,
  rows: readonly ResumeStep[],
): readonly ResumeStep[] {
  const blocked = rows.flatMap((row) =>
    row.action === 'blocked' && row.rule !== 'S17' ? [row.step] : [],
  )
  if (blocked.length === 0) return rows
  const behind = dependentsOf(input, blocked)
  const more = blocked.length - mostNamed
  const named = blocked.slice(0, mostNamed)
  const those = [...named, ...(more > 0 ? [`one of ${more} more`] : [])].join(' or ')
  return rows.map((row) => {
    if (row.action !== 'run' || !behind.has(row.step)) return row
    const reason = `${row.step} cannot run: it needs ${those}, which is blocked.`
    return { ...row, action: 'blocked', rule: 'S18', reason }
  })
}

const mostNamed = 5

/** Steps that need one of these, or need one that does. An item needs what its step needs, and its step needs it. */
function dependentsOf(input: ResumeInput, steps: readonly StepId[]): ReadonlySet<StepId> {
  const definitions = definitionInUse(input)?.steps ?? {}
  const items = itemsOf(input.run)
  const dependents = new Map<StepId, StepId[]>()
  const add = (need: StepId, dependent: StepId) => {
    const others = dependents.get(need)
    if (others === undefined) dependents.set(need, [dependent])
    else others.push(dependent)
  }
  for (const step of Object.keys(definitions) as StepId[]) {
    // the record's keys are step ids by its schema
    const own = items.get(step) ?? []
    for (const need of ownValue<StepDefinition>(definitions, step)?.needs ?? [])
      for (const dependent of [step, ...own]) add(need, dependent)
    for (const item of own) add(item, step)
  }
  const found = new Set<StepId>()
  const open = [...steps]
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    for (const dependent of dependents.get(step) ?? []) {
      if (found.has(dependent)) continue
      found.add(dependent)
      open.push(dependent)
    }
  }
  return found
}
