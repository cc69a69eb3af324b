import { invariant } from '../../shared/assert.ts'
import { planResume } from '../../shared/core/resume/planResume.ts'
import type { ResumeDecision, ResumePlan, StepTrace } from '../../shared/core/resume/resumePlan.ts'
import { resumeRecords } from '../../shared/core/resume/resumeRecords.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { userName } from '../host/hostFacts.ts'
import { findLost } from '../services/findLost.ts'
import { readRunnerRun } from './readRunnerRun.ts'
import type { RunnerHost } from './runnerHost.ts'
import { workflowOf, type StartedRun } from './startRunnerRun.ts'

export type ResumedRunnerRun = {
  readonly id: RunId
  readonly definition: WorkflowDefinition
  readonly functions: ReadonlyMap<string, unknown>
  readonly decisions: Readonly<Record<string, ResumeDecision>>
  readonly acceptLoss: boolean
  readonly resumeCommand: readonly string[] | undefined
  /** Throws where these steps cannot run. */
  readonly requireFor: (steps: readonly string[]) => void
}

/**
 * Takes the run's lock and writes that it goes on, with the definition as the program has it now. Throws `invalid-input` with
 * every reason why it cannot, and changes nothing then.
 */
export async function resumeRunnerRun(
  host: RunnerHost,
  options: ResumedRunnerRun,
): Promise<StartedRun> {
  const { id, definition, resumeCommand } = options
  const { store, controlSocket } = host
  const writer = await store.open(id, { purpose: 'run', controlSocket })
  try {
    const run = await readRunnerRun(store, id, definition.name)
    const plan = await makePlan(host, run, options)
    requireReady(plan)
    options.requireFor(functionSteps(plan, definition))
    const records = await writer.append(
      resumeRecords(plan, {
        run,
        by: userName(),
        inputs: null,
        variables: null,
        workflow: { ...run.workflow, ...workflowOf(definition, id, resumeCommand) },
      }),
      { durable: true },
    )
    const resumed = replay(
      records.map((record) => ({ kind: 'known', record })),
      { from: run },
    )
    invariant(resumed !== null, `Run ${id} has no state after it was resumed.`)
    return { run: resumed, writer }
  } catch (error) {
    await writer.release()
    throw error
  }
}

/** Its lock is ours: nobody else carries it. */
async function makePlan(
  host: RunnerHost,
  run: Run,
  { definition, functions, decisions, acceptLoss }: ResumedRunnerRun,
): Promise<ResumePlan> {
  return planResume({
    run,
    definition: run.workflow.definition,
    current: definition,
    currentProblem: null,
    traces: await tracesOf(host, run),
    from: null,
    isLatest: true,
    fork: false,
    decisions,
    use: 'current',
    stopAfter: null,
    durations: {},
    liveness: 'interrupted',
    latest: run,
    lost: findLost((await host.store.read(run.id)).journal),
    acceptLoss,
    functions: [...functions.keys()],
  })
}

async function tracesOf(
  { executor }: RunnerHost,
  run: Run,
): Promise<Readonly<Record<string, StepTrace>>> {
  const steps = Object.keys(run.steps) as StepId[] // keys of a record whose keys were parsed as StepId
  const open = steps.filter((step) => {
    const state = ownValue<StepState>(run.steps, step)
    return (
      state?.status === 'running' ||
      (state?.status === 'waiting' && state.attempts.at(-1)?.outcome === null)
    )
  })
  const traces = await Promise.all(
    open.map(async (step) => [step, await executor.trace(run, step)] as const),
  )
  return Object.fromEntries(traces)
}

function requireReady({ ready, run, problems, steps, loss }: ResumePlan): void {
  if (ready) return
  const undecided = steps
    .filter(({ options, decision }) => options.length > 0 && decision === null)
    .map(({ step, reason }) => ({ step, reason }))
  throw new AppError(
    'invalid-input',
    `Run ${run} is not resumed: ${problems.join(' ')}${undecided.length === 0 ? '' : ' Say it with `decisions`.'}${loss?.accepted === false ? ' Say it with `acceptLoss`.' : ''}`,
    { run, problems, undecided },
  )
}

/** Steps that will run, or may, and are functions. */
function functionSteps({ steps }: ResumePlan, definition: WorkflowDefinition): readonly string[] {
  return steps
    .filter(({ action }) => action === 'run')
    .map(({ step }) => step.replace(/\[\d+\]$/, ''))
    .filter((step) => ownValue(definition.steps, step)?.function !== undefined)
}
