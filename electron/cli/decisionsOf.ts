import type { ResumeDecision } from '../../shared/core/resume/resumePlan.ts'
import { AppError } from '../../shared/errors.ts'
import { json, keyValue, oneOf } from './values.ts'

export const decisions = ['reuse', 'happened', 'rerun', 'skip', 'stop'] as const

/** What is said of steps in doubt, with what those returned that happened. */
export function decisionsOf(values: {
  readonly decide: readonly string[]
  readonly output: readonly string[]
}): { [step: string]: ResumeDecision } {
  const outputs = new Map(values.output.map((pair) => keyValue(pair, 'output')))
  const decided = values.decide.map((pair): readonly [string, ResumeDecision] => {
    const [step, word] = keyValue(pair, 'decide')
    const kind = oneOf(word, decisions, 'decide') ?? 'stop'
    if (kind !== 'happened') return [step, { kind }]
    return [step, { kind, output: json(outputs.get(step) ?? 'null', 'output') }]
  })
  requireHappened([...outputs.keys()], new Map(decided))
  return Object.fromEntries(decided)
}

/** [R111] What a later step reads by name is not taken to be nothing because nobody said what it is. */
export function requireOutputs(
  asked: readonly {
    readonly step: string
    readonly decision: ResumeDecision | null
    readonly reads: readonly string[]
  }[],
  output: readonly string[],
): void {
  const given = new Set(output.map((pair) => keyValue(pair, 'output')[0]))
  for (const { step, decision, reads } of asked) {
    const [first] = reads
    if (decision?.kind !== 'happened' || given.has(step) || first === undefined) continue
    const message = `${first}: say what ${step} returned with --output ${step}=JSON, or with --output ${step}=null that it returned nothing.`
    throw new AppError('invalid-input', message, { step, reads })
  }
}

function requireHappened(
  steps: readonly string[],
  decided: ReadonlyMap<string, ResumeDecision>,
): void {
  const lost = steps.find((step) => decided.get(step)?.kind !== 'happened')
  if (lost === undefined) return
  const message = `--output ${lost}=… needs --decide ${lost}=happened: only then is an output taken.`
  throw new AppError('invalid-input', message)
}
