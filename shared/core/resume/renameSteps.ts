import { StepId } from '../../schema/ids.ts'
import { ownValue } from '../../schema/json.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { StepDefinition, WorkflowDefinition } from '../../schema/workflow.ts'
import { idempotencyKeyOf } from './idempotencyKeyOf.ts'
import { splitItem } from './itemsOf.ts'
import type { ResumeInput } from './resumeInput.ts'

/** By the recorded name of a step its name in the definition in use; items go with their step. */
export type Renaming = {
  readonly nameOf: (step: string) => string
  /** The recorded name of a step that has another now; null for every other. */
  readonly recordedOf: (step: string) => StepId | null
}

/** [S42] Only what names a step of the run and one of the definition in use is followed; the rest is a problem. */
export function renamingOf(input: ResumeInput): Renaming {
  return createRenaming(mappingFlaws(input).usable)
}

export function createRenaming(pairs: readonly (readonly [string, string])[]): Renaming {
  const names = new Map(pairs)
  const recorded = new Map(pairs.map(([before, now]) => [now, before]))
  return {
    nameOf: (step) => follow(names, step),
    recordedOf: (step) => {
      const before = StepId.safeParse(follow(recorded, step))
      return before.success && before.data !== step ? before.data : null
    },
  }
}

function follow(names: ReadonlyMap<string, string>, step: string): string {
  const { base, suffix } = splitItem(step)
  return `${names.get(base) ?? base}${suffix}`
}

/** The same input with every step under its name in the definition in use. */
export function renameSteps(input: ResumeInput, renaming: Renaming): ResumeInput {
  const rename = <T>(record: Readonly<Record<string, T>>) => renameKeys(record, renaming)
  return {
    ...input,
    run: renameRun(input.run, renaming),
    definition: input.definition === null ? null : renameDefinition(input.definition, renaming),
    traces: rename(input.traces),
    children: rename(input.children ?? {}),
    ...(input.latest ? { latest: renameRun(input.latest, renaming) } : {}),
    ...(input.unrecorded === undefined
      ? {}
      : { unrecorded: input.unrecorded.map((step) => StepId.parse(renaming.nameOf(step))) }),
  }
}

/** [S43] A step keeps the idempotency key of its recorded name: another service knows it by that. */
export function renameRun(run: Run, renaming: Renaming): Run {
  const steps = Object.entries<StepState>(run.steps).map(([name, state]) => {
    const now = renaming.nameOf(name)
    if (now === name) return [name, state] as const
    return [now, { ...state, key: idempotencyKeyOf(run.id, name, state) }] as const
  })
  return { ...run, steps: Object.fromEntries(steps) }
}

function renameDefinition(definition: WorkflowDefinition, renaming: Renaming): WorkflowDefinition {
  const steps = Object.entries<StepDefinition>(definition.steps).map(([name, step]) => {
    const needs = step.needs?.map((need) => StepId.parse(renaming.nameOf(need)))
    return [renaming.nameOf(name), needs === undefined ? step : { ...step, needs }] as const
  })
  return { ...definition, steps: Object.fromEntries(steps) }
}

function renameKeys<T>(
  record: Readonly<Record<string, T>>,
  { nameOf }: Renaming,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [nameOf(name), value]))
}

/** Pairs that can be followed, and what is wrong with the others. */
export function mappingFlaws(input: ResumeInput): {
  readonly usable: readonly (readonly [string, string])[]
  readonly problems: readonly string[]
} {
  const pairs = Object.entries(input.mapping ?? {})
  if (pairs.length === 0) return { usable: [], problems: [] }
  if (input.use === 'recorded') {
    const problem =
      'Names of steps are mapped only to the definition as it is now. Use that, or take the mapping back.'
    return { usable: [], problems: [problem] }
  }
  const taken = new Map<string, string>()
  const usable: (readonly [string, string])[] = []
  const problems: string[] = []
  for (const [before, now] of pairs) {
    const problem = pairFlaw(input, { before, now, other: taken.get(now) ?? null })
    if (problem === null) usable.push([before, now])
    else problems.push(problem)
    taken.set(now, before)
  }
  return { usable, problems }
}

function pairFlaw(
  input: ResumeInput,
  pair: { readonly before: string; readonly now: string; readonly other: string | null },
): string | null {
  const { before, now, other } = pair
  const recorded = { ...input.definition?.steps, ...input.run.steps }
  if (!Object.hasOwn(recorded, before))
    return `The run has no step ${before}, which is mapped to ${now}. Take that back.`
  if (ownValue<StepDefinition>(input.current?.steps ?? {}, now) === undefined)
    return `The definition as it is now has no step ${now}, to which ${before} is mapped. Name one that it has.`
  if (before === now) return `${before} is mapped to itself. Take that back.`
  if (other !== null)
    return `Both ${other} and ${before} are mapped to ${now}. A step stands for one only.`
  const isFree = !Object.hasOwn(recorded, now) || Object.hasOwn(input.mapping ?? {}, now)
  return isFree
    ? null
    : `${before} is mapped to ${now}, which is a step of the run itself. Map that one too, or take it back.`
}
