import { pointer } from '../../../schema/pointer.ts'
import type { UnknownMapping } from '../../../schema/unknownMapping.ts'
import type { TextNode } from '../text/parseText.ts'
import { earliest } from '../view/times.ts'
import { namesOf, nothingSeen, type Mapped, type UnknownState } from './asked.ts'
import { eventsOf, type LogEvent } from './events.ts'
import { guess } from './guess.ts'
import { runFromEvents } from './runFromEvents.ts'
import { runFromGuesses } from './runFromGuesses.ts'

/** [F240] One value as one run. */
export function stateOfRun(root: TextNode, asked: Mapped): UnknownState {
  const { mapping } = asked
  const guesses = guess(root, mapping?.paths)
  const names = namesOf(asked)
  const found = runFromGuesses(root, { guesses, words: mapping?.words ?? {}, ...names })
  const log = mapping?.paths.steps === undefined ? logIn(root, mapping) : null
  const isLog = log !== null && (found === null || Object.keys(found.run.steps).length === 0)
  const fromLog = isLog
    ? runFromEvents(log.events, {
        id: names.name,
        workflow: names.name,
        changedAt: names.changedAt,
      })
    : null
  if (fromLog !== null && log !== null) {
    // What the document says of itself is nearer than what its log comes to.
    const said =
      found === null
        ? fromLog
        : {
            ...found.run,
            steps: fromLog.steps,
            createdAt: earliest(found.run.createdAt, fromLog.createdAt) ?? found.run.createdAt,
            startedAt: found.run.startedAt ?? fromLog.startedAt,
          }
    const isGuessed = guesses.filter(({ field }) => found !== null && field !== 'steps')
    return {
      ...nothingSeen,
      mapping,
      run: said,
      history: log.events,
      guesses: isGuessed,
      derived: found === null ? `the events at ${log.path} come to it` : found.derived,
      said: found?.said ?? nothingSeen.said,
    }
  }
  if (found === null) return { ...nothingSeen, mapping }
  return { ...nothingSeen, mapping, ...found, guesses, history: log?.events ?? [] }
}

/** A list of events in a document, such as `history` or `events`. */
function logIn(
  root: TextNode,
  mapping: UnknownMapping | null,
): { readonly path: string; readonly events: readonly LogEvent[] } | null {
  const lists =
    root.kind === 'array' ? [{ key: '', value: root }] : root.kind === 'object' ? root.members : []
  for (const { key, value } of lists) {
    if (value.kind !== 'array' || value.items.length > mostEvents) continue
    const events = eventsOf(value.items, mapping?.words ?? {})
    if (events !== null && events.some(({ meaning }) => meaning !== null))
      return { path: key === '' ? 'the root' : pointer(key), events }
  }
  return null
}

const mostEvents = 20_000
