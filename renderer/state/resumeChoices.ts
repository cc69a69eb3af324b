// What a person chooses of a resume, as it stands in the form, and the plan's input that it makes.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallInput } from '../../shared/contract/contract.ts'
import type { ResumeDecision } from '../../shared/core/resume/resumePlan.ts'
import { Json } from '../../shared/schema/json.ts'

/** What a person says of a step in doubt, as it stands in the form. */
export type ResumeAnswer =
  | { readonly kind: 'happened'; readonly outputText: string }
  | { readonly kind: 'rerun' | 'skip' | 'stop' }

export type ResumeChoices = {
  /** Null: the last valid record. */
  readonly from: string | null
  readonly fork: boolean
  readonly definition: 'recorded' | 'current'
  readonly stopAfter: string | null
  readonly answers: { readonly [step: string]: ResumeAnswer }
  /** Edited inputs as JSON text; null keeps them as they are. */
  readonly inputsText: string | null
}

/** What is wrong with edited inputs; null when nothing is. */
export function inputsProblem(text: string | null): string | null {
  if (text === null) return null
  const read = readJson(text)
  if (read.kind === 'invalid') return read.problem
  return isRecord(read.value) ? null : 'Inputs are an object: { "name": value, … }.'
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

/** What the plan is asked for: answers that are not valid yet are left out. */
export function planInput(ref: Ref, choices: ResumeChoices): CallInput<'resume.plan'> {
  const inputs = choices.inputsText === null ? null : readJson(choices.inputsText)
  const isUsable = inputs?.kind === 'valid' && isRecord(inputs.value)
  return {
    ref,
    from: choices.from,
    fork: choices.fork,
    inputs: isUsable ? { ...(inputs.value as Record<string, Json>) } : null, // checked by isRecord
    decisions: Object.fromEntries(
      Object.entries(choices.answers).flatMap(([step, answer]) => {
        const decision = decisionOf(answer)
        return decision === null ? [] : [[step, decision] as const]
      }),
    ),
    definition: choices.definition,
    stopAfter: choices.stopAfter,
  }
}

/** Null while the output of a step that happened is not valid JSON. */
export function decisionOf(answer: ResumeAnswer): ResumeDecision | null {
  if (answer.kind !== 'happened') return { kind: answer.kind }
  const output = readJson(answer.outputText)
  return output.kind === 'valid' ? { kind: 'happened', output: output.value } : null
}

function isRecord(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
