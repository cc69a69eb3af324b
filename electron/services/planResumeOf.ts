import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { planResume } from '../../shared/core/resume/planResume.ts'
import type { ChildRun } from '../../shared/core/resume/resumeInput.ts'
import type { ResumePlan } from '../../shared/core/resume/resumePlan.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Checkpoint, Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { findLost } from './findLost.ts'
import { findUnrecorded } from './findUnrecorded.ts'
import { gatherTraces } from './gatherTraces.ts'
import { loadDefinition, type LoadedDefinition } from './loadDefinition.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { planned } from './planned.ts'
import { gatherResumeFacts } from './planResumeOfFacts.ts'
import { shortened } from './planResumeOfRows.ts'
import { refuseSealed } from './unlockArchive.ts'
import { runIdOf } from './refs.ts'
import { changesAtOnce } from './resumeAtOnce.ts'
import { usualDurations, type UsualDurations } from './usualDurations.ts'

/** What a program that has functions of its own, or another environment than its process, adds for its resumes. */
export type ResumeContext = ServiceContext & {
  /** Functions that steps of the kind `function` may call. */
  readonly functions?: ReadonlyMap<string, unknown>
  /** Default: the process's. Only names are looked at. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

export type PlannedResume = ResumeMaterial & { readonly shown: CallOutput<'resume.plan'> }

/** A plan and what it was made from. */
export type ResumeMaterial = {
  /** With all steps, also those that are too many to be sent. */
  readonly plan: ResumePlan
  readonly opened: OpenedRun
  /** The run as it is now, and as it was at the checkpoint that is gone on from. */
  readonly latest: Run
  readonly base: Run
  /** The definition as its source says now; null when it cannot be read. */
  readonly current: LoadedDefinition | null
  /** As they will be; null: as recorded. */
  readonly inputs: Record<string, Json> | null
  /** Runs that steps go on with. */
  readonly children: Readonly<Record<string, ChildRun>>
}

/** What a resume would do with every step, and why. Reads, never writes. */
export async function planResumeOf(
  context: ResumeContext,
  input: HandlerInput<'resume.plan'>,
): Promise<CallOutput<'resume.plan'>> {
  return (await makeResumePlan(context, input)).shown
}

/** The plan with what it was made from. `depth`: how many runs wait for this one, each for the next. */
export async function makeResumePlan(
  context: ResumeContext,
  input: HandlerInput<'resume.plan'>,
  depth = 0,
): Promise<PlannedResume> {
  const id = runIdOf(context, input.ref)
  const opened = await readStoredRun(context, id)
  refuseSealed(opened, 'it is neither resumed nor forked')
  const latest = requireSound(opened)
  const from = input.from === null ? null : checkpointOf(latest, input.from)
  const isLatest = from === null || isNewest(opened, from)
  const base = from === null || isLatest ? latest : stateAt(opened, from)

  const { current, currentProblem } = await loadCurrent(
    context,
    input.definitionFile ?? latest.workflow.source,
  )
  const traces = await gatherTraces(context, base)
  const isFork = input.fork || !isLatest
  const facts = await gatherResumeFacts(context, { input, opened, base, current, isFork, depth })
  const plan = planResume({
    run: base,
    definition: base.workflow.definition,
    current: current?.definition ?? null,
    currentProblem,
    traces,
    from,
    isLatest,
    fork: input.fork,
    decisions: input.decisions,
    use: input.definition,
    stopAfter: input.stopAfter,
    durations: medians(await usualDurations(context, latest)),
    liveness: opened.liveness,
    latest,
    unrecorded: findUnrecorded(context, opened),
    lost: findLost(opened.stored.journal),
    acceptLoss: input.acceptLoss ?? false,
    mapping: input.mapping ?? {},
    variables: input.variables ?? null,
    ...facts,
  })
  const { rev } = opened.stored
  const asOf = input.asOf ?? context.now()
  const { inputs, children } = facts
  const found = { plan, opened, latest, base, current, inputs, children }
  const made = { ...plan, atOnce: changesAtOnce(context, input, { made: found, at: asOf }) }
  const approval = planned(context, whatItDoes(made), { rev, asOf })
  return { ...found, plan: made, shown: { ...approval, plan: shortened(made) } }
}

/** What is approved: how long it may take changes with every other run that completes. */
function whatItDoes(plan: ResumePlan): ResumePlan {
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, expectedMs: null })) }
}

function medians(usual: UsualDurations): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(usual).map(([step, { medianMs }]) => [step, medianMs]))
}

/** Nothing is appended behind a flaw, and no damaged head is replaced: both are for a repair, which keeps a copy. */
function requireSound(opened: OpenedRun): Run {
  const run = requireRun(opened)
  if (opened.reading.health !== 'damaged') return run
  const flaw = opened.reading.findings.find(({ severity }) => severity === 'error')
  throw new AppError(
    'corrupt',
    `Run ${run.id} is damaged: ${flaw?.sentence ?? 'its files do not fit.'} Repair it, then resume it.`,
    { run: run.id, findings: opened.reading.findings.slice(0, 20) },
  )
}

function checkpointOf(run: Run, id: string): Checkpoint {
  const found = run.checkpoints.find((checkpoint) => checkpoint.id === id)
  if (found !== undefined) return found
  throw new AppError(
    'not-found',
    `Run ${run.id} has no checkpoint "${id}". Choose one of its list.`,
    {
      run: run.id,
      checkpoints: run.checkpoints.slice(-20).map((checkpoint) => checkpoint.id),
    },
  )
}

/** Nothing came after it but what leaves every step as it was. */
function isNewest({ stored }: OpenedRun, { seq }: Checkpoint): boolean {
  const records = stored.journal?.records ?? []
  return records.every(({ record }) => record.seq <= seq || harmless.has(record.type))
}

const harmless = new Set(['keyframe', 'annotated', 'thinned', 'runPaused', 'migrated'])

function stateAt({ stored }: OpenedRun, checkpoint: Checkpoint): Run {
  const run = stored.journal === null ? null : readRunAt(stored.journal, checkpoint.seq)
  if (run !== null) return run
  throw new AppError(
    'not-found',
    `The state at checkpoint ${checkpoint.name} of run ${stored.id} cannot be rebuilt: records before it are gone. Choose a later checkpoint.`,
    { run: stored.id, checkpoint: checkpoint.id },
  )
}

async function loadCurrent(
  context: ServiceContext,
  source: string | null,
): Promise<{ readonly current: LoadedDefinition | null; readonly currentProblem: string | null }> {
  if (source === null)
    return {
      current: null,
      currentProblem: 'the run does not say where its definition came from. Name its file.',
    }
  try {
    return { current: await loadDefinition(context, source), currentProblem: null }
  } catch (error) {
    return { current: null, currentProblem: toAppError(error).message }
  }
}
