import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'
import type { Program } from './program.ts'
import { readRunnerRun } from './readRunnerRun.ts'
import { resumeVariable } from './resumeCommand.ts'
import { resumeRunnerRun } from './resumeRunnerRun.ts'
import type { RunnerHost } from './runnerHost.ts'
import type { RunnerSettings } from './runnerTypes.ts'
import { startRunnerRun } from './startRunnerRun.ts'

type Beginning = {
  readonly program: Program
  readonly settings: RunnerSettings
  /** What is reused of a snapshot. */
  readonly given: Readonly<Record<string, StepState>>
}

/** Starts a run, or goes on with one. `writer` is null for a run that had completed: there is nothing to do. */
export async function beginRun(
  host: RunnerHost,
  beginning: Beginning,
): Promise<{ readonly run: Run; readonly writer: RunWriter | null }> {
  const { program, settings, given } = beginning
  const id = await wantedRun(host, beginning)
  if (id !== null) return goOn(host, beginning, id)
  const { definition, inputs, requireContext } = program
  const left = Object.keys(definition.steps).filter((step) => !Object.hasOwn(given, step))
  requireContext(left, definition.name)
  return startRunnerRun(host, {
    definition,
    inputs,
    steps: given,
    folder: settings.folder ?? process.cwd(),
    resumeCommand: settings.resumeCommand,
  })
}

async function wantedRun(
  host: RunnerHost,
  { program, settings }: Beginning,
): Promise<RunId | null> {
  const { resume, store, snapshot } = settings
  if (resume === undefined)
    return store === undefined || snapshot !== undefined ? null : toldRun(host, program)
  if (store === undefined)
    throw new AppError(
      'invalid-input',
      `Run ${resume} cannot be resumed without the store that it is in.`,
    )
  if (snapshot !== undefined)
    throw new AppError('invalid-input', `Run ${resume} has its own results: give it no snapshot.`)
  const id = RunId.safeParse(resume)
  if (id.success) return id.data
  throw new AppError('invalid-input', `${JSON.stringify(resume)} is no id of a run.`)
}

/** The run that the environment names, when it is one of this workflow; then it is told once, and to no process that is started. */
async function toldRun({ store }: RunnerHost, { definition }: Program): Promise<RunId | null> {
  const id = RunId.safeParse(process.env[resumeVariable])
  if (!id.success) return null
  try {
    await readRunnerRun(store, id.data, definition.name)
  } catch (error) {
    const isOther =
      error instanceof AppError && (error.code === 'not-found' || error.code === 'invalid-input')
    if (isOther) return null
    throw error
  }
  delete process.env[resumeVariable]
  return id.data
}

async function goOn(
  host: RunnerHost,
  { program, settings }: Beginning,
  id: RunId,
): Promise<{ readonly run: Run; readonly writer: RunWriter | null }> {
  const { definition, stepFunctions, requireContext } = program
  const run = await readRunnerRun(host.store, id, definition.name)
  requireSameInputs(run, program)
  if (run.status === 'completed') return { run, writer: null }
  return resumeRunnerRun(host, {
    id,
    definition,
    functions: stepFunctions,
    decisions: settings.decisions ?? {},
    acceptLoss: settings.acceptLoss ?? false,
    resumeCommand: settings.resumeCommand,
    requireFor: (steps) => requireContext(steps, `Run ${id}`),
  })
}

function requireSameInputs(run: Run, { inputs, hasInputs }: Program): void {
  if (!hasInputs || isDeepStrictEqual(inputs, run.inputs)) return
  throw new AppError(
    'invalid-input',
    `Run ${run.id} was started with other inputs, and keeps them. Leave them out to go on with it, or begin another run.`,
    { run: run.id },
  )
}
