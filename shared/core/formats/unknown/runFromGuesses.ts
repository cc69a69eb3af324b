// Makes the common view of a document of which it was guessed, or said by a person, what is what.
import type { RunStatus, Run, StepState, StepStatus } from '../../../schema/run.ts'
import { tokensOf } from '../../../schema/pointer.ts'
import type { MappedField } from '../../../schema/unknownMapping.ts'
import type { Timestamp } from '../../../schema/json.ts'
import { jsonOf } from '../view/jsonOf.ts'
import { attemptOf, viewOf } from '../view/viewOf.ts'
import { runIdOf, stepIdsOf } from '../view/viewIds.ts'
import { earliest, latest } from '../view/times.ts'
import { member, nodeAt, stringOf, stringsOf, type TextNode } from '../text/parseText.ts'
import type { Guess } from './guess.ts'
import { itemsAt, type Item } from './items.ts'
import { momentOf } from './momentOf.ts'
import { wordAt } from './records.ts'
import { statusOfFacts, type StepFacts } from './statusOfFacts.ts'
import { meaningOf, stepMeaningOf, type StatusWords } from './words.ts'

export type UnknownRun = {
  readonly run: Run
  /** The words as they are written, where nothing is known of them. */
  readonly said: {
    readonly status: string | null
    readonly steps: Readonly<Record<string, string>>
  }
  /** How the status was found, where no word says it. */
  readonly derived: string | null
}

export type UnknownSource = {
  readonly guesses: readonly Guess[]
  readonly words: StatusWords
  /** What stands for it where the document has none: of its file. */
  readonly name: string
  readonly changedAt: Timestamp
}

/** Null where neither a status nor steps nor an end is told: nothing says that it is a run. */
export function runFromGuesses(root: TextNode, source: UnknownSource): UnknownRun | null {
  const { guesses, words } = source
  const pathOf = (field: MappedField) => guesses.find((one) => one.field === field)?.path ?? null
  const steps = stepsOf(root, pathOf, words)
  const word = wordAt(root, pathOf('status'))
  const meaning = word === null ? null : meaningOf(word, words)
  const at = timesOf(root, pathOf)
  const error = errorAt(root, pathOf('error'))
  const facts = { steps, next: nextOf(root), started: at.started, finished: at.finished, error }
  const derived = meaning === null && word === null ? statusOfFacts(facts) : null
  const status = meaning ?? derived?.status ?? 'pending'
  if (word === null && derived === null) return null
  const named = wordAt(root, pathOf('id'))
  const stepTimes = steps.flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt])
  const createdAt = at.created ?? earliest(at.started, ...stepTimes) ?? source.changedAt
  const run = viewOf({
    id: runIdOf(named ?? source.name),
    kind: 'workflow',
    name: wordAt(root, pathOf('workflow')) ?? source.name,
    status,
    steps: Object.fromEntries(steps.map(({ id, state }) => [id, state])),
    createdAt,
    startedAt: at.started ?? earliest(...steps.map(({ startedAt }) => startedAt)),
    updatedAt:
      at.updated ?? latest(at.finished, at.started, at.created, ...stepTimes) ?? source.changedAt,
    finishedAt: isOver(status) ? at.finished : null,
    error: isOver(status) && status !== 'completed' ? (error ?? firstError(steps)) : null,
  })
  return {
    run,
    said: {
      status: word !== null && meaning === null ? word : null,
      steps: Object.fromEntries(
        steps.flatMap(({ id, word: own }) => (own === null ? [] : [[id, own]])),
      ),
    },
    derived: derived?.why ?? null,
  }
}

function isOver(status: RunStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

function firstError(steps: readonly StepFacts[]): string | null {
  const failed = steps.find(({ state, error }) => state.status === 'failed' && error !== null)
  return failed === undefined ? null : `${failed.name}: ${failed.error ?? ''}`
}

type PathOf = (field: MappedField) => string | null

function timesOf(root: TextNode, pathOf: PathOf) {
  const at = (field: MappedField) => timeAt(root, pathOf(field))
  return {
    created: at('createdAt'),
    started: at('startedAt'),
    updated: at('updatedAt'),
    finished: at('finishedAt'),
  }
}

function valueAt(root: TextNode, path: string | null): TextNode | null {
  return path === null ? null : nodeAt(root, tokensOf(path))
}

function timeAt(root: TextNode, path: string | null): Timestamp | null {
  return momentOf(valueAt(root, path))?.at ?? null
}

/** A text, or the message of an object. */
function errorAt(root: TextNode, path: string | null): string | null {
  const node = valueAt(root, path)
  const text =
    stringOf(node) ?? stringOf(member(node, 'message')) ?? stringOf(member(node, 'Message'))
  return text === null || text === '' ? null : text.slice(0, 2000)
}

/** LangGraph names what comes next; an empty list is the end. */
function nextOf(root: TextNode): readonly string[] | null {
  const next = member(root, 'next')
  return next?.kind === 'array' ? stringsOf(next) : null
}

function stepsOf(root: TextNode, pathOf: PathOf, words: StatusWords): readonly StepFacts[] {
  const path = pathOf('steps')
  if (path === null) return []
  const items = itemsAt(root, path).filter(({ node }) => node.kind === 'object')
  const names = namesOf(items, pathOf('stepId'))
  const ids = stepIdsOf(names)
  return items.map((item, index) => {
    const name = names[index] ?? item.key
    return { id: ids.get(name) ?? name, name, ...stepOf(item, pathOf, words) }
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
  return { state, word: known === null ? word : null, startedAt, finishedAt, error }
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
