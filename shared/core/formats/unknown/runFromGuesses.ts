// Makes the common view of a document of which it was guessed, or said by a person, what is what.
import type { RunStatus, Run } from '../../../schema/run.ts'
import type { MappedField } from '../../../schema/unknownMapping.ts'
import type { Timestamp } from '../../../schema/json.ts'
import { viewOf } from '../view/viewOf.ts'
import { runIdOf } from '../view/viewIds.ts'
import { earliest, latest } from '../view/times.ts'
import { member, stringsOf, type TextNode } from '../text/parseText.ts'
import { definitionOf } from './edges.ts'
import type { Guess } from './guess.ts'
import { linkedSteps, type PathOf } from './linkedSteps.ts'
import { wordAt } from './records.ts'
import { statusOfFacts, type StepFacts } from './statusOfFacts.ts'
import { errorAt, timeAt } from './values.ts'
import { meaningOf, type StatusWords } from './words.ts'

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
  const word = wordAt(root, pathOf('status'))
  const meaning = word === null ? null : meaningOf(word, words)
  const { steps, edges } = linkedSteps(root, { pathOf, words, status: meaning })
  const at = timesOf(root, pathOf)
  const error = errorAt(root, pathOf('error'))
  const facts = { steps, next: nextOf(root), started: at.started, finished: at.finished, error }
  const derived = meaning === null && word === null ? statusOfFacts(facts) : null
  const status = meaning ?? derived?.status ?? 'pending'
  if (word === null && derived === null) return null
  const named = wordAt(root, pathOf('id'))
  const stepTimes = steps.flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt])
  // What is called `timestamp` may be the time of the last change: a run is not made after it began.
  const times = [at.created, at.started, at.updated, at.finished, ...stepTimes]
  const createdAt = earliest(...times) ?? source.changedAt
  const name = wordAt(root, pathOf('workflow')) ?? source.name
  const run = viewOf({
    id: runIdOf(named ?? source.name),
    kind: 'workflow',
    name,
    status,
    steps: Object.fromEntries(steps.map(({ id, state }) => [id, state])),
    createdAt,
    startedAt: at.started ?? earliest(...steps.map(({ startedAt }) => startedAt)),
    updatedAt: at.updated ?? latest(...times) ?? source.changedAt,
    finishedAt: isOver(status) ? at.finished : null,
    ...(edges.length === 0 ? {} : { definition: definitionOf(name, steps, edges) }),
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

function timesOf(root: TextNode, pathOf: PathOf) {
  const at = (field: MappedField) => timeAt(root, pathOf(field))
  return {
    created: at('createdAt'),
    started: at('startedAt'),
    updated: at('updatedAt'),
    finished: at('finishedAt'),
  }
}

/** LangGraph names what comes next; an empty list is the end. */
function nextOf(root: TextNode): readonly string[] | null {
  const next = member(root, 'next')
  return next?.kind === 'array' ? stringsOf(next) : null
}
