// What a resume would do with one of many runs, in a few words and a digest.
import type { HandlerInput } from '../../../shared/contract/contract.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { decisionOn } from '../../../shared/core/batch/planResumeBatch.ts'
import type {
  ResumeBatchOptions,
  ResumeBatchRow,
} from '../../../shared/core/batch/resumeBatchPlan.ts'
import type { ResumeDecision, ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { untrustedProblem } from '../../../shared/core/resume/untrustedProblem.ts'
import { readSentences } from '../../../shared/core/resume/outputReaders.ts'
import { toAppError } from '../../../shared/errors.ts'
import type { StepId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../context.ts'
import { planEngineResume } from '../engineResume.ts'
import { makeResumePlan, type PlannedResume } from '../planResumeOf.ts'
import { commandText } from './commandText.ts'

export type RowOptions = ResumeBatchOptions & { readonly asOf: string }

/** [R98] Whatever is wrong with a run is its row, and keeps no other from having one. */
export async function planRow(
  context: ServiceContext,
  ref: Ref,
  options: RowOptions,
): Promise<ResumeBatchRow> {
  try {
    if (ref.format !== 'unstuck') return await engineRow(context, ref, options)
    const { made } = await planOne(context, ref, options)
    return made.plan.byProgram
      ? await engineRow(context, ref, options, made.latest.workflow.name)
      : rowOf(context, ref, made)
  } catch (error) {
    const { code, message } = toAppError(error)
    if (code === 'bug' || code === 'cancelled') throw error
    return { ...emptyRow(ref), outcome: 'blocked', sentence: short(message) }
  }
}

type Input = HandlerInput<'resume.plan'>

/** [R100] The run’s own questions get the answers that were given once for all of its workflow. */
export async function planOne(
  context: ServiceContext,
  ref: Ref,
  options: RowOptions,
): Promise<{ readonly made: PlannedResume; readonly input: Input }> {
  const bare = inputWithout(ref, options)
  const made = await makeResumePlan(context, bare)
  const workflow = made.latest.workflow.name
  const answers: Record<StepId, ResumeDecision> = {}
  for (const { step, options: open } of made.plan.steps) {
    const decision = decisionOn(options.decisions, workflow, step)
    if (decision !== null && open.includes(decision.kind)) answers[step] = decision
  }
  if (Object.keys(answers).length === 0) return { made, input: bare }
  const input = { ...bare, decisions: answers }
  return { made: await makeResumePlan(context, input), input }
}

/** What was planned: where nobody decided anything, without looking at the run once more. */
export async function inputOf(
  context: ServiceContext,
  ref: Ref,
  options: RowOptions,
): Promise<Input> {
  if (options.decisions.length === 0) return inputWithout(ref, options)
  return (await planOne(context, ref, options)).input
}

function inputWithout(ref: Ref, { definition, stopAfter, asOf }: RowOptions): Input {
  return {
    ref,
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition,
    stopAfter,
    asOf,
  }
}

function emptyRow({ document, format, item }: Ref): ResumeBatchRow {
  return {
    document,
    format,
    item,
    workflow: null,
    outcome: 'blocked',
    sentence: null,
    runs: 0,
    asked: [],
    rev: null,
    digest: null,
    does: null,
  }
}

function rowOf(context: ServiceContext, ref: Ref, made: PlannedResume): ResumeBatchRow {
  const { plan, latest, shown } = made
  const asked = plan.steps.filter(({ options }) => options.length > 0)
  return {
    ...emptyRow(ref),
    workflow: latest.workflow.name,
    ...verdictOf(made),
    runs: plan.steps.filter(({ action }) => action === 'run').length,
    asked: asked.slice(0, mostAsked).map(({ step, reason, options, decision, readBy }) => ({
      step,
      reason: short(reason),
      options,
      isOpen: decision === null,
      reads: readSentences({ readBy }).slice(0, mostReads).map(short),
    })),
    rev: shown.rev,
    digest: shown.digest,
    does: context.sha256(JSON.stringify(whatItDoes(plan))),
  }
}

/** A plan of many runs is one message. */
const mostReads = 3

/** Without what differs with the moment: how long it may take, and the times of what is written at once. */
function whatItDoes(plan: ResumePlan): object {
  return { ...plan, atOnce: null, steps: plan.steps.map((step) => ({ ...step, expectedMs: null })) }
}

function verdictOf({
  plan,
  opened,
  latest,
}: PlannedResume): Pick<ResumeBatchRow, 'outcome' | 'sentence'> {
  if (opened.stored.archive !== null)
    return { outcome: 'blocked', sentence: 'It is in the archive. Bring it back first.' }
  if (latest.status === 'completed') return { outcome: 'unneeded', sentence: 'It is completed.' }
  if (opened.liveness === 'alive')
    return { outcome: 'unneeded', sentence: 'A process carries it right now.' }
  if (plan.ready) return { outcome: 'ready', sentence: null }
  const stopped = plan.steps.filter(({ decision }) => decision?.kind === 'stop')
  const open = plan.steps.filter(({ options, decision }) => options.length > 0 && decision === null)
  // What is asked comes last among the problems, each step in its own.
  const [other] = plan.problems.filter((problem) => !isAboutDecisions(problem))
  if (other !== undefined) return { outcome: 'blocked', sentence: short(other) }
  const [at] = stopped
  if (at !== undefined)
    return { outcome: 'unneeded', sentence: `You say that it stays stopped at ${at.step}.` }
  const names = open.slice(0, 3).map(({ step }) => step)
  const more = open.length - names.length
  const sentence = `Decide about ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
  return { outcome: 'asks', sentence }
}

function isAboutDecisions(problem: string): boolean {
  return /^(?:Decide about |You say that the run is to stop at )/.test(problem)
}

/** [R103] By the command of the program that has it, which is shown. */
async function engineRow(
  context: ServiceContext,
  ref: Ref,
  { asOf }: RowOptions,
  workflow: string | null = null,
): Promise<ResumeBatchRow> {
  const { plan, rev, digest } = await planEngineResume(context, { ref, from: null, asOf })
  const sentence = plan.ready && plan.command !== null ? commandText(plan.command) : null
  const blocked = plan.trusted
    ? (plan.problems[0] ?? 'Nothing says how it goes on.')
    : untrustedProblem
  const isReady = sentence !== null && plan.trusted
  return {
    ...emptyRow(ref),
    workflow,
    outcome: isReady ? 'ready' : 'blocked',
    sentence: short(isReady ? sentence : blocked),
    runs: plan.steps.filter(({ does }) => does === 'run' || does === 'runAgain').length,
    rev,
    digest,
    does: context.sha256(JSON.stringify(plan)),
  }
}

function short(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 399)}…`
}

const mostAsked = 10
