import type { CallInput, CallOutput, Client } from '../../shared/contract/contract.ts'
import type { ResumePlan, ResumeStep } from '../../shared/core/resume/resumePlan.ts'
import { AppError } from '../../shared/errors.ts'

type Planned = CallOutput<'resume.plan'>
type Started = CallOutput<'resume.apply'>

/** A process that survived its host may end at any moment: so often the plan is made again. */
const mostPlans = 3

/**
 * [L202] Starts what was planned. Where the run changed since, it is planned again by itself: only when everything was agreed
 * to beforehand, and when the new plan runs nothing else and asks nothing else.
 */
export async function startPlanned(
  client: Client,
  input: CallInput<'resume.plan'>,
  options: {
    readonly planned: Planned
    readonly isAgreed: boolean
    readonly say: (line: string) => void
  },
): Promise<Started> {
  let { planned } = options
  for (let again = 1; ; again += 1) {
    const { rev, digest, asOf } = planned
    try {
      return await client.call('resume.apply', { ...input, rev, digest, asOf })
    } catch (error) {
      const isStale = error instanceof AppError && error.code === 'stale'
      if (!isStale || !options.isAgreed || again > mostPlans) throw error
      const next = await client.call('resume.plan', input)
      if (!asksNothingNew(planned.plan, next.plan)) throw error
      const since = changedSince(planned.plan, next.plan)
      options.say(
        `${since}: planned again, nothing else is run or asked (${again} of ${mostPlans}).`,
      )
      planned = next
    }
  }
}

/** [L202] No step runs that would not have run, and every question and its answer are the same. */
export function asksNothingNew(before: ResumePlan, now: ResumePlan): boolean {
  if (!now.ready || before.mode !== now.mode || before.unlisted !== now.unlisted) return false
  const ran = new Set(runningIn(before))
  return (
    runningIn(now).every((step) => ran.has(step)) &&
    JSON.stringify(questionsIn(before)) === JSON.stringify(questionsIn(now)) &&
    JSON.stringify([before.definition, before.loss]) === JSON.stringify([now.definition, now.loss])
  )
}

function runningIn({ steps }: ResumePlan): readonly string[] {
  return steps.filter(({ action }) => action === 'run').map(({ step }) => step)
}

function questionsIn({ steps }: ResumePlan): readonly (readonly unknown[])[] {
  return steps
    .filter(({ options }) => options.length > 0)
    .map(({ step, action, options, decision }) => [step, action, options, decision])
}

function changedSince(before: ResumePlan, now: ResumePlan): string {
  const then = new Map<string, ResumeStep>(before.steps.map((row) => [row.step, row]))
  const moved = now.steps.filter(({ step, action }) => {
    const row = then.get(step)
    return row !== undefined && row.action !== action
  })
  const names = moved.slice(0, 3).map(({ step }) => step)
  const more = moved.length > names.length ? ` and ${moved.length - names.length} more` : ''
  if (names.length === 0) return 'The run changed since its plan'
  return `The run changed since its plan (${names.join(', ')}${more} went on)`
}
