// Makes the steps of a document of which it is known what is what: what each says, and what links them.
import type { RunStatus, StepState, StepStatus } from '../../../schema/run.ts'
import { tokensOf } from '../../../schema/pointer.ts'
import type { MappedField } from '../../../schema/unknownMapping.ts'
import { jsonOf } from '../view/jsonOf.ts'
import { attemptOf } from '../view/viewOf.ts'
import { idAmong, stepIdsOf } from '../view/viewIds.ts'
import { member, stringOf, type TextNode } from '../text/parseText.ts'
import { currentOf, withCurrent } from './currentStep.ts'
import { edgesOf, needsIn, type Edge } from './edges.ts'
import { itemsAt, type Item } from './items.ts'
import { wordAt } from './records.ts'
import type { StepFacts } from './statusOfFacts.ts'
import { stepFinder } from './stepFinder.ts'
import { errorAt, timeAt, valueAt } from './values.ts'
import { stepMeaningOf, type StatusWords } from './words.ts'

export type PathOf = (field: MappedField) => string | null

type Told = {
  readonly pathOf: PathOf
  readonly words: StatusWords
  /** What the word for the status of the run means. */
  readonly status: RunStatus | null
}

/** [F320, F321] */
export function linkedSteps(
  root: TextNode,
  told: Told,
): { readonly steps: readonly StepFacts[]; readonly edges: readonly Edge[] } {
  const { pathOf, words } = told
  const path = pathOf('steps')
  const items =
    path === null ? [] : itemsAt(root, path).filter(({ node }) => node.kind === 'object')
  if (items.length === 0) return { steps: stepAlone(root, told), edges: [] }
  const finder = stepFinder(items, pathOf('stepId'))
  const steps = stepsOf(items, pathOf, words)
  const at = pathOf('current')
  const node = valueAt(root, at)
  const current =
    at === null || node === null
      ? []
      : currentOf({ key: tokensOf(at).at(-1) ?? '', node }, { steps: finder, count: items.length })
  return {
    steps: withCurrent(steps, current, told.status),
    edges: [
      ...items.flatMap(({ node: item }, step) => [
        ...needsIn(valueAt(item, pathOf('stepNeeds')), step, finder),
        ...needsIn(valueAt(item, pathOf('stepNext')), step, finder).map(turned),
      ]),
      ...edgesOf(valueAt(root, pathOf('needs')), finder),
    ],
  }
}

function turned({ step, needs }: Edge): Edge {
  return { step: needs, needs: step }
}

function stepAlone(root: TextNode, { pathOf, status }: Told): readonly StepFacts[] {
  const word = wordAt(root, pathOf('current'))
  if (word === null) return []
  const id = idAmong(stepIdsOf([word]), word)
  const state: StepState = {
    status: 'pending',
    attempts: [],
    output: null,
    waitingOn: null,
    skippedBy: null,
  }
  const facts = { id, name: word, word: null, startedAt: null, finishedAt: null, error: null }
  return withCurrent([{ ...facts, state, isTold: false }], [0], status)
}

function stepsOf(items: readonly Item[], pathOf: PathOf, words: StatusWords): readonly StepFacts[] {
  const names = namesOf(items, pathOf('stepId'))
  const ids = stepIdsOf(names)
  return items.map((item, index) => {
    const name = names[index] ?? item.key
    return { id: idAmong(ids, name), name, ...stepOf(item, pathOf, words) }
  })
}

/** A name that stands twice is told apart by its place. */
function namesOf(items: readonly Item[], path: string | null): readonly string[] {
  const taken = new Set<string>()
  return items.map(({ key, isIndex, node }) => {
    const own = wordAt(node, path) ?? (isIndex ? `step ${Number(key) + 1}` : key)
    const name = taken.has(own) ? `${own} (${isIndex ? Number(key) + 1 : key})` : own
    taken.add(name)
    return name
  })
}

function stepOf(
  { node }: Item,
  pathOf: PathOf,
  words: StatusWords,
): Omit<StepFacts, 'id' | 'name'> {
  const startedAt = timeAt(node, pathOf('stepStartedAt'))
  const finishedAt = timeAt(node, pathOf('stepFinishedAt'))
  const error = errorAt(node, pathOf('stepError'))
  // An outcome that is not there yet leaves the word for what it is at.
  const word =
    wordAt(node, pathOf('stepStatus')) ??
    stringOf(member(node, 'status')) ??
    stringOf(member(node, 'state'))
  const known = word === null ? null : stepMeaningOf(word, words)
  const status =
    known ?? (word === null ? statusByTimes({ startedAt, finishedAt, error }) : 'pending')
  const state: StepState = {
    status,
    attempts: [
      ...attemptOf(1, {
        startedAt: startedAt ?? finishedAt,
        finishedAt,
        status,
        error: status === 'failed' ? error : null,
      }),
    ],
    output: jsonOf(valueAt(node, pathOf('stepOutput'))),
    waitingOn: null,
    skippedBy: status === 'skipped' ? 'condition' : null,
  }
  const isTold = word !== null || status !== 'pending'
  return { state, isTold, word: known === null ? word : null, startedAt, finishedAt, error }
}

function statusByTimes({
  startedAt,
  finishedAt,
  error,
}: Pick<StepFacts, 'startedAt' | 'finishedAt' | 'error'>): StepStatus {
  if (error !== null) return 'failed'
  if (finishedAt !== null) return 'succeeded'
  return startedAt === null ? 'pending' : 'running'
}
