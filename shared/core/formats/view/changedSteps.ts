import { ownValue } from '../../../schema/json.ts'
import type { Run, StepState } from '../../../schema/run.ts'
import { keptState, type ImportedStep } from './importedRun.ts'

export type ChangedStep = { readonly name: string; readonly state: StepState }

/** Which steps of an imported run are not as they were imported, or why that cannot be said in the engine's own terms. */
export function changedSteps(
  original: readonly ImportedStep[],
  run: Run,
  word: string,
):
  | { readonly kind: 'ok'; readonly steps: readonly ChangedStep[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] } {
  const known = new Set<string>(original.map(({ id }) => id))
  const problems = [
    ...Object.keys(run.steps)
      .filter((id) => !known.has(id))
      .map((id) => `The step ${id} is no ${word} of the original.`),
    ...original
      .filter(({ id }) => ownValue<StepState>(run.steps, id) === undefined)
      .map(({ name }) => `The ${word} ${name} is not in the run any more.`),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const steps = original.flatMap(({ id, name, state }) => {
    const now = ownValue<StepState>(run.steps, id)
    if (now === undefined || isSame(keptState(state), now)) return []
    return [{ name, state: now }]
  })
  return { kind: 'ok', steps }
}

/** Whether a step says the same: its status, its output, and how often it was tried. */
function isSame(before: StepState, now: StepState): boolean {
  return told(before) === told(now)
}

function told({ status, output, attempts }: StepState): string {
  return JSON.stringify([status, output, attempts.length])
}
