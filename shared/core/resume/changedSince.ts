import { ownValue } from '../../schema/json.ts'
import type { StepState } from '../../schema/run.ts'
import { isEqualJson } from '../diff/jsonShape.ts'
import { firstNames } from './firstNames.ts'
import type { ResumeInput } from './resumeInput.ts'
import type { ResumeNote } from './resumePlan.ts'

/** [S56] Inputs that were edited since the checkpoint, and would be as they were then. */
export function inputsSince({ run, latest, inputs }: ResumeInput): readonly string[] {
  if (!latest) return []
  const names = [...new Set([...Object.keys(run.inputs), ...Object.keys(latest.inputs)])]
  return names.filter((name) => {
    const used = ownValue(inputs ?? run.inputs, name) ?? ownValue(run.inputs, name)
    return !isEqualJson(used, ownValue(latest.inputs, name))
  })
}

/** [S56] The same as sentences, and of the outputs of steps that had succeeded by then. */
export function sinceNotes(input: ResumeInput): readonly ResumeNote[] {
  const { run, latest } = input
  if (!latest) return []
  const steps = Object.keys(run.steps).filter((step) =>
    isEdited(ownValue(run.steps, step), ownValue(latest.steps, step)),
  )
  return [...noteOf('inputs', inputsSince(input)), ...noteOf('output', steps)]
}

/** The step did not run again, and has another output. */
function isEdited(before: StepState | undefined, now: StepState | undefined): boolean {
  if (before?.status !== 'succeeded' || now?.status !== 'succeeded') return false
  const isSameRun = now.attempts.length === before.attempts.length
  return isSameRun && !isEqualJson(before.output, now.output)
}

function noteOf(about: 'inputs' | 'output', names: readonly string[]): readonly ResumeNote[] {
  if (names.length === 0) return []
  const what = about === 'inputs' ? 'Inputs' : 'Outputs of steps'
  const sentence = `${what} edited since this checkpoint: ${firstNames(names)}. The fork takes them as they were.`
  return [{ about, sentence }]
}
