import { lostSentence } from '../../schema/lostSteps.ts'
import { splitItem } from './itemsOf.ts'
import type { ResumeInput } from './resumeInput.ts'
import type { ResumeLoss, ResumeStep } from './resumePlan.ts'

/** [R92] Of what a repair lost, that which matters here: steps that would run now, and steps without a name. */
export function lossOf(
  { lost, acceptLoss = false }: ResumeInput,
  rows: readonly ResumeStep[],
): ResumeLoss | null {
  if (lost === undefined || lost === null) return null
  const maybe = new Set(lost.maybe)
  const steps = rows
    .filter(({ action, decision }) => action === 'run' && decision === null)
    .map(({ step, was }) => was ?? step)
    .filter((step) => maybe.has(step) || maybe.has(splitItem(step).base))
  if (steps.length === 0 && lost.unnamed === 0) return null
  const sentence = lostSentence({ ...lost, maybe: steps })
  return { sentence, steps, accepted: acceptLoss }
}

/** [R92] */
export function lossProblems(loss: ResumeLoss | null): readonly string[] {
  if (loss === null || loss.accepted) return []
  return [
    `A repair could not save everything. ${loss.sentence} Look at what they did, then say that you know of it.`,
  ]
}
