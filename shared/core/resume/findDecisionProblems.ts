import type { ResumeInput } from './resumeInput.ts'
import type { ResumeStep } from './resumePlan.ts'

/** [S24] [S25] Questions that are open, and answers to what nobody asked. */
export function findDecisionProblems(
  { decisions }: ResumeInput,
  rows: { readonly asked: readonly ResumeStep[]; readonly steps: readonly ResumeStep[] },
): readonly string[] {
  const { asked, steps } = rows
  const undecided = steps.filter(({ options, decision }) => options.length > 0 && decision === null)
  const more = undecided.length - mostNamed
  const open = [
    ...undecided
      .slice(0, mostNamed)
      .map(({ step }) => `Decide about ${step}: it happened, run it again, skip it, or stop.`),
    ...(more > 0 ? [`Decide about ${more === 1 ? 'one more step' : `${more} more steps`}.`] : []),
  ]
  const stopped = steps
    .filter(({ decision }) => decision?.kind === 'stop')
    .map(({ step }) => `You say that the run is to stop at ${step}. Decide otherwise to resume it.`)
  const known = new Map<string, ResumeStep>(asked.map((row) => [row.step, row]))
  const needless = Object.entries(decisions).flatMap(([step, { kind }]) => {
    const row = known.get(step)
    if (row === undefined)
      return [`There is a decision about ${step}, which is no step of the run. Take it back.`]
    if (row.options.length === 0)
      return [`There is a decision about ${step}, which needs none. Take it back.`]
    if (!row.options.includes(kind))
      return [`There is no result of ${step} to reuse. Decide otherwise.`]
    return []
  })
  return [...open, ...stopped, ...needless]
}

const mostNamed = 50
