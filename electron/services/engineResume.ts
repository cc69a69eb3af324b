// Lets another engine go on with its own command, which is shown before with all that it would do.
import { spawn } from 'node:child_process'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { EngineResumePlan } from '../../shared/contract/documents.ts'
import { AppError } from '../../shared/errors.ts'
import { inheritedVariables } from '../../shared/schema/inheritedVariables.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import type { ServiceContext } from './context.ts'
import { openFormat } from './documentPlan.ts'
import { engineCommand } from './engineCommand.ts'
import { logged } from './logged.ts'
import { planned, requireApproved } from './planned.ts'
import type { FormatState } from './readFormat.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { requireTrust } from './startRunGuards.ts'
import { openThread, planThreadResume, type EngineState, type MadeResume } from './threadResume.ts'

export async function planEngineResume(
  context: ServiceContext,
  input: HandlerInput<'document.resume.plan'>,
): Promise<CallOutput<'document.resume.plan'>> {
  return (await makePlan(context, input)).shown
}

/** [E182] What came of it is what the files say when it has ended. */
export async function applyEngineResume(
  context: ServiceContext,
  input: HandlerInput<'document.resume.apply'>,
  { signal, progress }: HandlerOptions<'document.resume.apply'>,
): Promise<CallOutput<'document.resume.apply'>> {
  await requireTrust(context)
  const { document } = input.ref
  const { shown, before } = await makePlan(context, input)
  requireApproved(shown, input, document)
  const { command, problems, ready } = shown.plan
  if (!ready || command === null) {
    const message = `${document} is not resumed: ${problems.join(' ') || 'there is no command for it.'}`
    throw new AppError('invalid-input', message, { document, problems })
  }
  const ended = await logged(context, { call: 'document.resume', item: document }, () =>
    runCommand(command, {
      folder: context.store.root,
      signal,
      environment: inheritedVariables(
        context.environment ?? process.env,
        context.settings.value.steps.passEnvironment,
      ),
      tell: (text) => progress({ text }),
    }),
  )
  context.emit('runs.changed', { runs: null })
  const after = await readAgain(context, input)
  return {
    ...ended,
    before: before.status,
    after: after?.status ?? null,
    changedFiles: after === null ? [document] : changedFiles(before, after),
  }
}

async function readAgain(
  context: ServiceContext,
  { ref }: HandlerInput<'document.resume.apply'>,
): Promise<EngineState | null> {
  if (ref.format === 'unstuck') return (await openThread(context, ref)).state
  const { foreign } = await openDocumentKind(context, ref)
  return foreign === null ? null : stateOf(foreign)
}

function stateOf({ reading, revs }: FormatState): EngineState {
  return { status: reading.said.status, revs }
}

async function makePlan(
  context: ServiceContext,
  input: HandlerInput<'document.resume.plan'>,
): Promise<MadeResume> {
  const asOf = input.asOf ?? context.now()
  if (input.ref.format === 'unstuck') return planThreadResume(context, { ...input, asOf })
  const { state } = await openFormat(context, input.ref)
  const { format, set } = state
  const asked = { sha256: context.sha256, now: asOf }
  const own = format.resume(set, { from: input.from }, asked)
  const configured = context.settings.value.resume.commands[format.id] ?? null
  const command = engineCommand(own.command, {
    configured,
    document: set.document,
    item: set.item,
    from: input.from,
  })
  const problems = [...own.problems]
  if (command === null && own.noCommand !== undefined) problems.push(own.noCommand)
  else if (command === null && problems.length === 0)
    problems.push(`${format.name} has no command that goes on with this state.`)
  const plan: EngineResumePlan = {
    document: set.document,
    engine: format.name,
    ready: problems.length === 0 && command !== null,
    command: command === null ? null : [...command],
    setting: `resume.commands.${format.id}`,
    configured: command === null ? null : configured,
    steps: own.steps.map((step) => ({ ...step })),
    warnings: [...own.warnings],
    problems,
    trusted: await context.trust.isTrusted(),
  }
  return { shown: planned(context, plan, { rev: state.rev, asOf }), before: stateOf(state) }
}

function changedFiles(before: EngineState, after: EngineState): string[] {
  const paths = new Set([...before.revs.keys(), ...after.revs.keys()])
  return [...paths].filter((path) => before.revs.get(path) !== after.revs.get(path)).toSorted()
}

type Ended = Pick<CallOutput<'document.resume.apply'>, 'exitCode' | 'signal' | 'output'>

const keptCharacters = 64_000
const toldCharacters = 8_000

/** Without a shell. Cancelled, the whole group of its processes is asked to end. */
function runCommand(
  [program = '', ...words]: readonly string[],
  options: {
    readonly folder: string
    readonly signal: CancelSignal
    readonly environment: Readonly<Record<string, string>>
    readonly tell: (text: string) => void
  },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: options.folder,
      env: options.environment,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (text: string): void => {
      output = (output + text).slice(-keptCharacters)
      options.tell(text.slice(-toldCharacters))
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take)
    const stop = (): void => {
      if (child.pid === undefined || child.exitCode !== null) return
      if (process.platform === 'win32') child.kill()
      else process.kill(-child.pid, 'SIGTERM')
    }
    options.signal.addEventListener('abort', stop)
    child.on('error', (cause) => {
      options.signal.removeEventListener('abort', stop)
      const message = `${program} could not be started: ${cause.message}. Say in unstuck.json (resume.commands) where it is.`
      reject(new AppError('io', message, { program }, { cause }))
    })
    child.on('close', (exitCode, signal) => {
      options.signal.removeEventListener('abort', stop)
      resolve({ exitCode, signal, output })
    })
  })
}
