// What is said of many runs together: why some are refused, and what a definition that changed does not have of them.
import type { UnmappedSteps } from '../../shared/core/edit/edit.ts'
import type { BatchEditPlan, BatchEditRow } from '../../shared/core/edit/editPlan.ts'
import type { ProposedStep } from '../../shared/core/resume/resumePlan.ts'

const runsShown = 20

/** [M22] Runs that are refused for the same cause, the most frequent first. */
export function failuresOf(rows: readonly BatchEditRow[]): NonNullable<BatchEditPlan['failures']> {
  const groups = new Map<string, { cause: string; count: number; runs: string[] }>()
  for (const { run, outcome, sentence } of rows) {
    if (outcome !== 'refused' || sentence === null) continue
    const cause = sentence.replaceAll(run, '…')
    const group = groups.get(cause) ?? { cause, count: 0, runs: [] }
    groups.set(cause, group)
    group.count += 1
    if (group.runs.length < runsShown) group.runs.push(run)
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count)
}

export type Unmapped = {
  readonly add: (steps: UnmappedSteps) => void
  readonly told: () => NonNullable<BatchEditPlan['unmapped']>
}

/** Of a step the proposal that most runs lead to. */
export function createUnmapped(): Unmapped {
  const missing = new Map<string, number>()
  const added = new Set<string>()
  const proposals = new Map<string, { readonly step: ProposedStep; count: number }>()
  return {
    add: (steps) => {
      for (const step of steps.missing) missing.set(step, (missing.get(step) ?? 0) + 1)
      for (const step of steps.added) added.add(step)
      for (const step of steps.proposed) {
        const key = JSON.stringify([step.was, step.now])
        const known = proposals.get(key)
        if (known === undefined) proposals.set(key, { step, count: 1 })
        else known.count += 1
      }
    },
    told: () => {
      const best = new Map<string, ProposedStep>()
      for (const { step } of [...proposals.values()].toSorted((a, b) => b.count - a.count))
        if (!best.has(step.was)) best.set(step.was, step)
      return {
        missing: [...missing].map(([step, runs]) => ({ step, runs })),
        added: [...added],
        proposed: [...best.values()],
      }
    },
  }
}
