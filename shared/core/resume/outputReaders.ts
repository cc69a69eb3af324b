import { readsOf, readsOfTemplate, type NamedUse } from '../graph/stepUses.ts'
import { itemParent } from '../../schema/itemStep.ts'
import type { StepId } from '../../schema/ids.ts'
import type { Json } from '../../schema/json.ts'
import { isAtOrBelow, pointer, tokensOf } from '../../schema/pointer.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import type { OutputReader, ResumeNote, ResumeStep } from './resumePlan.ts'

/**
 * [R111] The rows with who gets what a step in doubt returned: steps that are still to begin, and the workflow itself. Only
 * rows that ask have any.
 */
export function withReaders(
  steps: readonly ResumeStep[],
  definition: WorkflowDefinition | null,
): readonly ResumeStep[] {
  if (definition === null || !steps.some(isAsked)) return steps
  const begins = new Set(steps.flatMap((row) => (toBegin.has(row.action) ? [row.step] : [])))
  const readers = readersIn(definition, begins)
  return steps.map((row) => (isAsked(row) ? { ...row, readBy: readBy(row) } : row))

  function readBy({ step }: ResumeStep): OutputReader[] {
    return readers.flatMap((one) => one(step) ?? []).slice(0, mostReaders)
  }
}

/** A plan is one message. */
const mostReaders = 50

/** [R112] What is read of an output that a person gives, and is not in it. */
export function outputNotes(steps: readonly ResumeStep[]): readonly ResumeNote[] {
  return steps.flatMap(({ step, decision, readBy }) => {
    // Of an item, the output is one of a list.
    if (decision?.kind !== 'happened' || itemParent(step) !== null) return []
    return readBy.flatMap((reader) => {
      const missing = reader.reads.filter(({ path }) => !isThere(decision.output, path))
      if (missing.length === 0) return []
      const sentence = `${readsSentence(reader.step, missing)}, which the output that you give for ${step} does not have.`
      return [{ about: 'output' as const, sentence }]
    })
  })
}

/** [R113] What is read by name of what a step returned, one reader a sentence. */
export function readSentences({ readBy }: Pick<ResumeStep, 'readBy'>): readonly string[] {
  return readBy.flatMap(({ step, reads }) =>
    reads.length === 0 ? [] : [readsSentence(step, reads)],
  )
}

function readsSentence(step: OutputReader['step'], reads: OutputReader['reads']): string {
  const names = reads.map(({ name }) => name).join(', ')
  return `${step ?? 'The output of the workflow'} reads ${names}`
}

const toBegin: ReadonlySet<string> = new Set(['run', 'ask', 'blocked'])

function isAsked(row: ResumeStep): boolean {
  return row.options.length > 0
}

type ReaderOf = (step: StepId) => OutputReader | null

/** Each looks at its expressions once, however many steps are in doubt. */
function readersIn(
  definition: WorkflowDefinition,
  begins: ReadonlySet<string>,
): readonly ReaderOf[] {
  const names = Object.keys(definition.steps).filter((name) => begins.has(name)) as StepId[] // keys of steps
  const { output } = definition
  return [
    ...names.map((name) => {
      const uses = readsOf(name, definition, name)
      const needs: readonly string[] = definition.steps[name]?.needs ?? []
      return (step: StepId) => readerOf({ step: name, uses, needs }, step)
    }),
    ...(output === undefined ? [] : [workflowReader(readsOfTemplate(output))]),
  ]
}

function workflowReader(uses: readonly NamedUse[]): ReaderOf {
  return (step) => readerOf({ step: null, uses, needs: [] }, step)
}

function readerOf(
  reader: {
    readonly step: StepId | null
    readonly uses: readonly NamedUse[]
    readonly needs: readonly string[]
  },
  asked: StepId,
): OutputReader | null {
  const step = itemParent(asked)?.step ?? asked
  if (reader.step === step) return null
  const place = pointer('steps', step, 'output')
  const reads = reader.uses.flatMap((use) => {
    if (use.pointer === null || !isAtOrBelow(use.pointer, place)) return []
    return [{ name: use.name, path: [...tokensOf(use.pointer.slice(place.length))] }]
  })
  if (reads.length === 0 && !reader.needs.includes(step)) return null
  return { step: reader.step, reads }
}

function isThere(output: Json, path: readonly string[]): boolean {
  let at: Json | undefined = output
  for (const token of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return false
    at = (at as { readonly [key: string]: Json })[token] // a list has its indices as keys
  }
  return at !== null && at !== undefined
}
