import { createRunDraft, type RunDraft } from '../../shared/core/run/runDraft.ts'
import { AppError } from '../../shared/errors.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { LiveRun } from '../executor/executor.ts'
import { userName } from '../host/hostFacts.ts'
import { beginRun } from './beginRun.ts'
import { programOf, type Program } from './program.ts'
import { openFolderHost, openMemoryHost, type RunnerHost } from './runnerHost.ts'
import type {
  AnyRunnerOptions,
  DefinitionRunnerOptions,
  Runner,
  RunnerOptions,
  RunnerResult,
  RunnerSettings,
} from './runnerTypes.ts'
import { snapshotOf, statesOf, type Snapshot } from './taskResult.ts'

/**
 * A runner carries one run of a workflow whose steps are functions of this program, in this process. With a `store` the run
 * is recorded like any other: it is listed, explained, paused, cancelled and, by this program, resumed. Throws
 * `invalid-input` for a workflow, inputs, or a snapshot that cannot be.
 */
export function createRunner<Context, Inputs, Outputs>(
  options: RunnerOptions<Context, Inputs, Outputs>,
): Runner<Outputs>
export function createRunner(
  options: DefinitionRunnerOptions,
): Runner<{ readonly [step: string]: unknown }>
export function createRunner(options: AnyRunnerOptions): Runner<unknown> {
  const program = programOf(options)
  const { definition } = program
  const given = statesOf(options.snapshot ?? {}, definition)
  const carried = createCarried(program, options, given)
  let ended: Promise<RunnerResult<unknown>> | null = null
  return {
    run: () => (ended ??= carried.run()),
    snapshot: () => carried.snapshot(),
    runId: () => carried.runId(),
    cancel: (reason) => tell((live) => live.cancel(userName(), reason ?? null)),
    pause: (reason) => tell((live) => live.pause(userName(), reason ?? null)),
  }

  async function tell(work: (live: LiveRun) => Promise<void>): Promise<void> {
    if (ended === null)
      throw new AppError(
        'invalid-input',
        `The run of ${definition.name} has not begun: call run().`,
      )
    const live = await carried.live
    if (live !== null) await work(live)
  }
}

type Carried = {
  run(): Promise<RunnerResult<unknown>>
  snapshot(): Snapshot
  runId(): string | null
  /** Null for a run that had completed before, or could not be begun. */
  readonly live: Promise<LiveRun | null>
}

function createCarried(
  program: Program,
  settings: RunnerSettings,
  given: Readonly<Record<string, StepState>>,
): Carried {
  const { definition } = program
  let draft: RunDraft | null = null
  let tellLive: ((live: LiveRun | null) => void) | null = null
  const live = new Promise<LiveRun | null>((resolve) => {
    tellLive = resolve
  })
  return {
    live,
    snapshot: () => snapshotOf(draft === null ? { steps: given } : draft.snapshot(), definition),
    runId: () => (draft === null || settings.store === undefined ? null : draft.facts().id),
    async run() {
      try {
        refuseAborted(settings.signal, definition)
        return await runIn(await openHost(program, settings))
      } finally {
        // Whoever waits to cancel or to pause it learns that there is nothing to be told.
        tellLive?.(null)
      }
    },
  }

  async function runIn(host: RunnerHost): Promise<RunnerResult<unknown>> {
    try {
      const begun = await beginRun(host, { program, settings, given })
      const followed = createRunDraft(begun.run)
      draft = followed
      if (begun.writer !== null)
        await carry(host, { ...begun, writer: begun.writer, draft: followed })
      return resultOf(followed.snapshot(), { definition, isStored: settings.store !== undefined })
    } finally {
      await host.close()
    }
  }

  async function carry(
    host: RunnerHost,
    begun: {
      readonly run: Run
      readonly writer: Parameters<RunnerHost['carry']>[1]
      readonly draft: RunDraft
    },
  ): Promise<void> {
    const carriedRun = host.carry(begun.run, begun.writer, (records) => {
      for (const record of records) begun.draft.add({ kind: 'known', record })
    })
    tellLive?.(carriedRun)
    const cancel = () => {
      // What came of it is what the run comes to.
      void Promise.allSettled([carriedRun.cancel(userName(), 'The program cancelled it.')])
    }
    const { signal } = settings
    signal?.addEventListener('abort', cancel, { once: true })
    if (signal?.aborted === true) cancel()
    await carriedRun.done
    signal?.removeEventListener('abort', cancel)
    const problem = carriedRun.problem()
    if (problem !== null) throw problem
  }
}

async function openHost(
  { definition, stepFunctions }: Program,
  { store, graceMs = 5000 }: RunnerSettings,
): Promise<RunnerHost> {
  const options = { definition, functions: stepFunctions, graceMs }
  return store === undefined ? openMemoryHost(options) : openFolderHost(store, options)
}

function refuseAborted(signal: AbortSignal | undefined, { name }: WorkflowDefinition): void {
  if (signal?.aborted === true)
    throw new AppError('cancelled', `The run of ${name} was cancelled before it began.`)
}

function resultOf(
  run: Run,
  { definition, isStored }: { readonly definition: WorkflowDefinition; readonly isStored: boolean },
): RunnerResult<unknown> {
  const { status } = run
  if (status === 'pending' || status === 'running' || status === 'waiting')
    throw new AppError('bug', `Run ${run.id} was left while it was ${status}.`)
  const outputs = Object.keys(definition.steps).map((step) => {
    const state = ownValue<StepState>(run.steps, step)
    return [step, state?.status === 'succeeded' ? structuredClone(state.output) : null] as const
  })
  return {
    status,
    run: isStored ? run.id : null,
    error: run.error,
    outputs: Object.fromEntries(outputs),
    steps: snapshotOf(run, definition),
  }
}
