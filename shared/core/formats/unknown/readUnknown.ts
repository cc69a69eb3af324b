// Reads a document that no engine is known for: what is what was said by a person, or is guessed and labelled so.
import { pointer } from '../../../schema/pointer.ts'
import type { UnknownMapping } from '../../../schema/unknownMapping.ts'
import type { Run } from '../../../schema/run.ts'
import { clip, evidence, noAction } from '../../diagnose/words.ts'
import type { Diagnosis } from '../../diagnose/diagnosis.ts'
import type { FileSet, FormatContext, FormatPoint, FormatReading } from '../format.ts'
import type { TextNode } from '../text/parseText.ts'
import { eventsOf, type LogEvent } from './events.ts'
import { guess, type Guess } from './guess.ts'
import { mappingFor } from './mappingFor.ts'
import { keysOf, recordsOf, wordAt, type Line } from './records.ts'
import { runFromEvents } from './runFromEvents.ts'
import { runFromGuesses } from './runFromGuesses.ts'

/** What one state of a document says, before the points beside it are known. */
export type UnknownState = {
  readonly run: Run | null
  readonly said: FormatReading['said']
  readonly guesses: readonly Guess[]
  readonly derived: string | null
  readonly history: readonly LogEvent[]
  readonly points: readonly FormatPoint[]
  readonly mapping: UnknownMapping | null
}

export function readUnknown(set: FileSet, context: FormatContext): FormatReading {
  const state = stateOf(set, context)
  const isMapped = state.mapping !== null
  return {
    label: isMapped ? 'Unknown JSON, mapped' : 'Unknown JSON, guessed',
    version: null,
    isOld: false,
    run: state.run,
    said: state.said,
    findings: [],
    diagnoses: state.run === null || isMapped ? [] : [guessed(state, state.run)],
    points: state.points,
    history: state.history.map(({ meaning: _meaning, ...event }) => event),
    guesses: [
      ...state.guesses,
      ...(state.derived === null
        ? []
        : [
            {
              field: 'status' as const,
              path: null,
              confidence: 'possible' as const,
              evidence: `No word says it, but ${state.derived}.`,
            },
          ]),
    ],
  }
}

/** [F241] */
function guessed({ guesses, derived, said }: UnknownState, run: Run): Diagnosis {
  const status = said.status ?? run.status
  const why = run.error === null ? '' : `: ${run.error.message}`
  return {
    rule: 'F241',
    severity:
      run.status === 'failed'
        ? 'stuck'
        : run.status === 'completed' || run.status === 'cancelled'
          ? 'resting'
          : 'attention',
    sentence: clip(`Guessed: ${status}${why}${why.endsWith('.') || why.endsWith('?') ? '' : '.'}`),
    evidence: evidence(
      ...guesses
        .slice(0, 20)
        .map((one): [string, string] => [
          one.field,
          `${one.path} (${one.confidence}): ${one.evidence}`,
        ]),
      ['status', derived === null ? null : `No word says it, but ${derived}.`],
    ),
    action: { ...noAction, label: 'Say what is what: unstuck map' },
    step: null,
  }
}

const nothing = {
  said: { status: null, steps: {} },
  guesses: [],
  derived: null,
  history: [],
  points: [],
  run: null,
  mapping: null,
}

export function stateOf(set: FileSet, context: FormatContext): UnknownState {
  const records = recordsOf(set.texts.get(set.document) ?? '')
  switch (records.kind) {
    case 'broken':
      return nothing
    case 'one':
      return ofOne(records.root, { set, context })
    default:
      return ofLines(records.lines, { set, context })
  }
}

type Asked = { readonly set: FileSet; readonly context: FormatContext }

function ofOne(root: TextNode, asked: Asked): UnknownState {
  const mapping = mappingOf(root, asked)
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
            startedAt: found.run.startedAt ?? fromLog.startedAt,
          }
    const isGuessed = guesses.filter(({ field }) => found !== null && field !== 'steps')
    return {
      ...nothing,
      mapping,
      run: said,
      history: log.events,
      guesses: isGuessed,
      derived: found === null ? `the events at ${log.path} come to it` : found.derived,
      said: found?.said ?? nothing.said,
    }
  }
  if (found === null) return { ...nothing, mapping }
  return { ...nothing, mapping, ...found, guesses, history: log?.events ?? [] }
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

/** [F243] Lines are events of one run, or states of one or many. */
function ofLines(lines: readonly Line[], asked: Asked): UnknownState {
  const [first] = lines
  const last = lines.at(-1)
  if (first === undefined || last === undefined) return nothing
  const mapping = mappingOf(last.root, asked)
  const names = namesOf(asked)
  const events =
    mapping === null
      ? eventsOf(
          lines.map(({ root }) => root),
          {},
        )
      : null
  if (events !== null && events.some(({ meaning }) => meaning !== null)) {
    const run = runFromEvents(events, {
      id: names.name,
      workflow: names.name,
      changedAt: names.changedAt,
    })
    return { ...nothing, run, history: events, derived: 'its events come to it' }
  }
  const { chosen, before, guesses } = versionsOf(lines, { ...asked, mapping })
  const found = runFromGuesses(chosen.root, { guesses, words: mapping?.words ?? {}, ...names })
  if (found === null) return { ...nothing, mapping }
  return {
    ...nothing,
    mapping,
    ...found,
    guesses,
    points: before.map((line) => pointOf(line, asked.set)),
  }
}

function pointOf({ number }: Line, { document }: FileSet): FormatPoint {
  const id = `line:${number}`
  return {
    id,
    label: `line ${number}`,
    kind: 'history',
    document,
    item: id,
    at: null,
    problem: null,
  }
}

/** The line that was asked for, or the last of its run, and the earlier ones of the same run. */
function versionsOf(
  lines: readonly Line[],
  { set, mapping }: Asked & { readonly mapping: UnknownMapping | null },
): { readonly chosen: Line; readonly before: readonly Line[]; readonly guesses: readonly Guess[] } {
  const end = lines.at(-1) ?? {
    number: 1,
    text: '',
    root: { kind: 'scalar', start: 0, end: 0, lexeme: 'null' } as const,
  }
  const guesses = guess(end.root, mapping?.paths)
  const idPath = guesses.find(({ field }) => field === 'id')?.path ?? null
  const asked = set.item
  const byLine = lines.find(({ number }) => `line:${number}` === asked)
  const chosen =
    byLine ?? lines.findLast(({ root }) => asked === null || wordAt(root, idPath) === asked) ?? end
  const id = wordAt(chosen.root, idPath)
  const before = lines
    .filter((line) => line.number < chosen.number && wordAt(line.root, idPath) === id)
    .slice(-mostPoints)
  return { chosen, before, guesses }
}

const mostPoints = 500

/** Runs in a document of many lines, by their ids; empty where it is one. */
export function itemsIn(
  text: string,
): readonly { readonly item: string; readonly label: string }[] {
  const records = recordsOf(text)
  if (records.kind !== 'lines') return []
  const { lines } = records
  if (
    eventsOf(
      lines.map(({ root }) => root),
      {},
    ) !== null
  )
    return []
  const last = lines.at(-1)
  const idPath =
    last === undefined ? null : (guess(last.root).find(({ field }) => field === 'id')?.path ?? null)
  const ids = [...new Set(lines.flatMap(({ root }) => wordAt(root, idPath) ?? []))]
  return ids.length < 2 ? [] : ids.map((id) => ({ item: id, label: id }))
}

function mappingOf(root: TextNode, { set, context }: Asked): UnknownMapping | null {
  const folder = set.document.slice(0, Math.max(0, set.document.lastIndexOf('/')))
  return mappingFor(context.mappings ?? [], { folder, keys: keysOf(root) })
}

function namesOf({ set, context }: Asked) {
  const { document, files } = set
  const name = document
    .slice(document.lastIndexOf('/') + 1)
    .replace(/\.(?:jsonl?|ndjson)(?:\.(?:gz|zst))?$/i, '')
  const changedAt = files.find(({ path }) => path === document)?.modifiedAt ?? context.now
  return { name, changedAt }
}
