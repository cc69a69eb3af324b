import { dirname } from 'node:path'
import type { HandlerInput } from '../../shared/contract/contract.ts'
import type { ResumeInput } from '../../shared/core/resume/planResume.ts'
import { untrustedProblem } from '../../shared/core/resume/untrustedProblem.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { lookUpVariables } from '../../shared/schema/inheritedVariables.ts'
import type { LoadedDefinition } from './loadDefinition.ts'
import type { OpenedRun } from './openStoredRun.ts'
import { findChildren } from './planResumeOfChildren.ts'
import { findMissingFiles } from './planResumeOfFiles.ts'
import type { ResumeContext } from './planResumeOf.ts'
import { startRunInputs } from './startRunInputs.ts'

export type ResumeFactsOptions = {
  readonly input: HandlerInput<'resume.plan'>
  readonly opened: OpenedRun
  readonly base: Run
  readonly current: LoadedDefinition | null
  readonly isFork: boolean
  readonly depth: number
}

type Facts = Required<
  Pick<ResumeInput, 'here' | 'missingFiles' | 'children' | 'functions' | 'problems'>
> & { readonly inputs: Record<string, Json> | null }

/** What a plan has to know of the place where it would be carried out. Reads, never writes. */
export async function gatherResumeFacts(
  context: ResumeContext,
  options: ResumeFactsOptions,
): Promise<Facts> {
  const { input, opened, base, current, isFork, depth } = options
  const definition =
    input.definition === 'current' ? (current?.definition ?? null) : base.workflow.definition
  const folder = base.place.folder ?? folderOf(current?.source ?? base.workflow.source)
  const [missingFiles, children, isTrusted] = await Promise.all([
    findMissingFiles(definition, folder),
    findChildren(context, { opened, base, isFork, depth }),
    context.trust.isTrusted(),
  ])
  const { inputs, problems } = inputsOf(input, base, definition)
  return {
    here: placeHere(context, { base, folder, definition }),
    missingFiles,
    children,
    functions: [...(context.functions?.keys() ?? [])],
    inputs,
    problems: [
      ...lockProblems(opened, isFork),
      ...(isTrusted ? [] : [untrustedProblem]),
      ...problems,
    ],
  }
}

function folderOf(source: string | null): string | null {
  return source === null ? null : dirname(source)
}

function placeHere(
  context: ResumeContext,
  asked: {
    readonly base: Run
    readonly folder: string | null
    readonly definition: WorkflowDefinition | null
  },
): NonNullable<ResumeInput['here']> {
  const { folder, definition } = asked
  const set = context.environment ?? process.env
  const always = [
    ...(definition?.passEnvironment ?? []),
    ...context.settings.value.steps.passEnvironment,
  ]
  const passed = Object.entries(definition?.steps ?? {}).flatMap(([id, step]) => {
    const names = [...(step.passEnvironment ?? []), ...always]
    return names.length === 0 || !hasProcess(step)
      ? []
      : [[id, lookUpVariables(set, names)] as const]
  })
  return {
    user: context.account,
    host: context.hostName,
    folder,
    environment: asked.base.place.environment.filter((name) => set[name] !== undefined),
    passed: Object.fromEntries(passed),
  }
}

function hasProcess({ run, command, module, http }: StepDefinition): boolean {
  return (run ?? command ?? module ?? http) !== undefined
}

/** A lock that is held for something else than carrying the run. */
function lockProblems(
  { holder, holderState, liveness }: OpenedRun,
  isFork: boolean,
): readonly string[] {
  const isHeld = holder !== null && holderState !== null && holderState !== 'gone'
  if (!isHeld || liveness === 'alive' || liveness === 'unknown' || isFork) return []
  return [
    `The run is held by process ${holder.pid} on ${holder.hostName} (${holder.purpose}). Wait for it, or make a fork.`,
  ]
}

/** The inputs as they will be: what is not edited stays. It is checked only where something of it may not fit any more. */
function inputsOf(
  { inputs: given, definition: use }: HandlerInput<'resume.plan'>,
  { inputs: recorded }: Run,
  definition: WorkflowDefinition | null,
): { readonly inputs: Record<string, Json> | null; readonly problems: readonly string[] } {
  if (definition === null) return { inputs: given, problems: [] }
  if (given === null && use === 'recorded') return { inputs: null, problems: [] }
  const names = new Set(Object.keys(definition.inputs ?? {}))
  const kept = Object.fromEntries(Object.entries(recorded).filter(([name]) => names.has(name)))
  try {
    return { inputs: { ...startRunInputs(definition, { ...kept, ...given }) }, problems: [] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { inputs: given, problems: error.message.split('\n') }
  }
}
