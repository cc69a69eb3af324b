// How a thread goes on: by the command of the program that has its graph, which the settings name.
import type { HandlerInput } from '../../shared/contract/contract.ts'
import type { EngineResumePlan } from '../../shared/contract/documents.ts'
import type { Ref } from '../../shared/contract/call.ts'
import { AppError } from '../../shared/errors.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { engineCommand } from './engineCommand.ts'
import { openStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { planned, type Planned } from './planned.ts'

/** What a resume is measured by: what the state says, and the revisions of its files. */
export type EngineState = {
  readonly status: string | null
  readonly revs: ReadonlyMap<string, string>
}

export type MadeResume = {
  readonly shown: Planned<EngineResumePlan>
  readonly before: EngineState
}

type OpenedThread = {
  readonly opened: OpenedRun
  readonly run: Run
  readonly state: EngineState
}

/** [B42] */
export async function planThreadResume(
  context: ServiceContext,
  input: HandlerInput<'document.resume.plan'> & { readonly asOf: string },
): Promise<MadeResume> {
  const { opened, run, state } = await openThread(context, input.ref)
  const command = commandOf(context, run, input.from)
  const problems = problemsOf(opened, run, command)
  const plan: EngineResumePlan = {
    document: run.id,
    engine: engineName,
    ready: problems.length === 0,
    command: command === null ? null : [...command],
    steps: Object.entries(run.steps).map(([step, found]) => ({ step, ...whatBecomes(found) })),
    warnings: warningsOf(run),
    problems,
    trusted: await context.trust.isTrusted(),
  }
  const { asOf } = input
  return { shown: planned(context, plan, { rev: opened.stored.rev, asOf }), before: state }
}

/** Throws for a run that is no thread. */
export async function openThread(context: ServiceContext, ref: Ref): Promise<OpenedThread> {
  const opened = await openStoredRun(context, ref)
  const run = requireRun(opened)
  if (run.kind !== 'thread')
    throw new AppError(
      'invalid-input',
      `Run ${run.id} is no thread of another engine. Resume it as a run.`,
      { run: run.id },
    )
  const journal = context.store.layout.journal(run.id)
  const state = { status: run.status, revs: new Map([[journal, opened.stored.rev]]) }
  return { opened, run, state }
}

function commandOf(
  context: ServiceContext,
  run: Run,
  from: string | null,
): readonly string[] | null {
  const configured = context.settings.value.resume.commands[engineId] ?? null
  if (configured === null || configured.trim() === '') return null
  const thread = typeof run['thread'] === 'string' ? run['thread'] : run.id
  const bare = ['', thread]
  return engineCommand(bare, { configured, document: run.id, from, thread })
}

function problemsOf(
  { health, liveness, reading }: OpenedRun,
  run: Run,
  command: readonly string[] | null,
): string[] {
  if (health === 'damaged')
    return [`It is damaged: ${reading.findings[0]?.sentence ?? ''} Repair it first.`]
  if (liveness === 'alive') return ['Its program carries it right now. Wait for it.']
  if (run.status === 'completed')
    return ['It is completed: nothing is left to run. Fork it from an earlier checkpoint.']
  return command === null
    ? [
        `Nothing says how its program goes on. Put it into unstuck.json: { "resume": { "commands": { "${engineId}": "node resume.mjs --thread {thread}" } } }`,
      ]
    : []
}

type Row = Omit<EngineResumePlan['steps'][number], 'step'>

function whatBecomes({ status, waitingOn }: StepState): Row {
  switch (status) {
    case 'succeeded':
      return { does: 'reuse', reason: 'It has ended; the graph may lead to it again.' }
    case 'skipped':
      return { does: 'skip', reason: 'The graph went on without it.' }
    case 'failed':
      return { does: 'runAgain', reason: 'It failed.' }
    case 'running':
      return { does: 'runAgain', reason: 'It was under way when its program ended.' }
    case 'waiting': {
      const asked = waitingOn?.kind === 'gate' ? (waitingOn.message ?? null) : null
      const what = asked === null ? 'It asks.' : `It asks “${asked}”.`
      return { does: 'runAgain', reason: `${what} It runs from its beginning, with the answer.` }
    }
    default:
      return { does: 'run', reason: 'It has not ended.' }
  }
}

function warningsOf(run: Run): string[] {
  const steps: readonly (readonly [string, StepState])[] = Object.entries(run.steps)
  const underWay = steps.filter(([, { status }]) => status === 'running').map(([step]) => step)
  if (underWay.length === 0) return []
  const names = underWay.slice(0, 5).join(', ')
  return [
    `${names} ${underWay.length === 1 ? 'was' : 'were'} under way when the program ended, and ${underWay.length === 1 ? 'runs' : 'run'} again: look first whether the effect is there already.`,
  ]
}

const engineId = 'langgraph'
const engineName = 'LangGraph.js'
