// What a person chooses of a resume, as it stands in the form, and the plan's input that it makes.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallInput } from '../../shared/contract/contract.ts'
import type { ResumeDecision } from '../../shared/core/resume/resumePlan.ts'
import { isEqualJson } from '../../shared/core/diff/jsonShape.ts'
import { Json, ownValue } from '../../shared/schema/json.ts'

/** What a person says of a step in doubt, as it stands in the form. */
export type ResumeAnswer =
  | { readonly kind: 'happened'; readonly outputText: string }
  | { readonly kind: 'reuse' | 'rerun' | 'skip' | 'stop' }

export type ResumeChoices = {
  /** Null: the last valid record. */
  readonly from: string | null
  readonly fork: boolean
  readonly definition: 'recorded' | 'current'
  /** Where the definition as it is now is read; empty: where the run says. */
  readonly definitionFile: string
  readonly stopAfter: string | null
  readonly answers: { readonly [step: string]: ResumeAnswer }
  /** Edited inputs as JSON text; null keeps them as they are. */
  readonly inputsText: string | null
  /** Edited variables as JSON text, and as they are recorded; null keeps them as they are. */
  readonly variables: { readonly text: string; readonly recorded: string } | null
  /** A person says that they know what a repair could not save. */
  readonly acceptLoss: boolean
  /** With the definition as it is now: by the recorded name of a step what it is called there. */
  readonly mapping: { readonly [step: string]: string }
}

/** What is wrong with edited inputs or variables; null when nothing is. */
export function valuesProblem(text: string | null): string | null {
  if (text === null) return null
  const read = readJson(text)
  if (read.kind === 'invalid') return read.problem
  return asRecord(read.value) === null ? 'Expected an object: { "name": value, … }.' : null
}

/** Which variables are set and which are taken away; null where none is, or the text is not valid yet. */
export function variableEdits(choices: ResumeChoices): {
  readonly set: Record<string, Json>
  readonly remove: string[]
} | null {
  const { variables } = choices
  if (variables === null) return null
  const before = recordIn(variables.recorded) ?? {}
  const now = recordIn(variables.text)
  if (now === null) return null
  const set = Object.entries(now).filter(([name, value]) => {
    const known = ownValue(before, name)
    return known === undefined || !isEqualJson(known, value)
  })
  const remove = Object.keys(before).filter((name) => !Object.hasOwn(now, name))
  return set.length + remove.length === 0 ? null : { set: Object.fromEntries(set), remove }
}

export type ReadJson =
  | { readonly kind: 'valid'; readonly value: Json }
  | { readonly kind: 'invalid'; readonly problem: string }

/** Reads JSON that a person types. */
export function readJson(text: string): ReadJson {
  if (text.trim() === '') return { kind: 'invalid', problem: 'Empty: enter JSON, or null.' }
  try {
    return { kind: 'valid', value: Json.parse(JSON.parse(text)) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'invalid', problem: `Not valid JSON: ${reason}` }
  }
}

/** Whether another file than the run's own is asked for. */
export function isFileNamed({ definition, definitionFile }: ResumeChoices): boolean {
  return definition === 'current' && definitionFile.trim() !== ''
}

/** What the plan is asked for: answers that are not valid yet are left out. */
export function planInput(ref: Ref, choices: ResumeChoices): CallInput<'resume.plan'> {
  const inputs = choices.inputsText === null ? null : recordIn(choices.inputsText)
  const variables = variableEdits(choices)
  const isMapped = choices.definition === 'current' && Object.keys(choices.mapping).length > 0
  return {
    ref,
    from: choices.from,
    fork: choices.fork,
    inputs: inputs === null ? null : { ...inputs },
    ...(variables === null ? {} : { variables }),
    ...(isMapped ? { mapping: { ...choices.mapping } } : {}),
    decisions: Object.fromEntries(
      Object.entries(choices.answers).flatMap(([step, answer]) => {
        const decision = decisionOf(answer)
        return decision === null ? [] : [[step, decision] as const]
      }),
    ),
    definition: choices.definition,
    ...(isFileNamed(choices) ? { definitionFile: choices.definitionFile.trim() } : {}),
    stopAfter: choices.stopAfter,
    ...(choices.acceptLoss ? { acceptLoss: true } : {}),
  }
}

/** Null while the output of a step that happened is not valid JSON. */
export function decisionOf(answer: ResumeAnswer): ResumeDecision | null {
  if (answer.kind !== 'happened') return { kind: answer.kind }
  const output = readJson(answer.outputText)
  return output.kind === 'valid' ? { kind: 'happened', output: output.value } : null
}

function recordIn(text: string): { readonly [name: string]: Json } | null {
  const read = readJson(text)
  return read.kind === 'valid' ? asRecord(read.value) : null
}

function asRecord(value: Json): { readonly [name: string]: Json } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value as { readonly [name: string]: Json } // no list, no null
}
