// [F243] Lines are events of one run or of many, or states of one or many.
import type { MappedField } from '../../../schema/unknownMapping.ts'
import type { TextNode } from '../text/parseText.ts'
import type { FileSet, FormatGuess, FormatPoint } from '../format.ts'
import {
  mappingOf,
  namesOf,
  nothingSeen,
  type Asked,
  type Mapped,
  type NamedRun,
  type UnknownState,
} from './asked.ts'
import { entriesOf, eventsOf, type LogEvent } from './events.ts'
import { guess } from './guess.ts'
import { plainName } from './names.ts'
import { wordAt, type Line } from './records.ts'
import { runFromEvents } from './runFromEvents.ts'
import { runFromGuesses } from './runFromGuesses.ts'
import { wordOf } from './stepFinder.ts'

export function stateOfLines(lines: readonly Line[], asked: Asked): UnknownState {
  const last = lines.at(-1)
  if (last === undefined) return nothingSeen
  const mapping = mappingOf(last.root, asked)
  const log = mapping === null ? ofEvents(lines, asked) : null
  return log ?? ofStates(lines, last, { ...asked, mapping })
}

/** [F323] Null where they are no events. */
function ofEvents(lines: readonly Line[], asked: Asked): UnknownState | null {
  const nodes = lines.map(({ root }) => root)
  const all = eventsOf(nodes, {})
  if (all === null || all.every(({ meaning }) => meaning === null)) return null
  const key = runKeyOf(nodes)
  if (key === null) return ofLog(all, asked, null)
  const logs = [...groupBy(nodes, key)].map(([item, own]) => ({
    item,
    events: entriesOf(own, {}),
  }))
  const runs = logs.map(({ item, events }) => ({ item, word: statusIn(events, asked, item) }))
  const guesses: readonly FormatGuess[] = [
    {
      field: 'runs',
      path: null,
      confidence: 'likely',
      evidence: `“${key}” of the lines names ${runs.length} runs.`,
    },
  ]
  const chosen = logs.find(({ item }) => item === asked.set.item)
  if (chosen === undefined) return { ...nothingSeen, guesses, runs }
  return { ...ofLog(chosen.events, asked, chosen.item), guesses, runs }
}

function groupBy(
  nodes: readonly TextNode[],
  key: string,
): ReadonlyMap<string, readonly TextNode[]> {
  const groups = new Map<string, TextNode[]>()
  for (const node of nodes) {
    const word = wordUnder(node, key)
    const group = word === null ? undefined : groups.get(word)
    if (group !== undefined) group.push(node)
    else if (word !== null) groups.set(word, [node])
  }
  return groups
}

function ofLog(events: readonly LogEvent[], asked: Asked, item: string | null): UnknownState {
  const { name, changedAt } = namesOf(asked)
  const run = runFromEvents(events, { id: item ?? name, workflow: name, changedAt })
  return { ...nothingSeen, run, history: events, derived: 'its events come to it' }
}

function statusIn(events: readonly LogEvent[], asked: Asked, id: string): string {
  const { name, changedAt } = namesOf(asked)
  return runFromEvents(events, { id, workflow: name, changedAt }).status
}

/** The key under which most of the lines name their run, where they name more than one. */
function runKeyOf(nodes: readonly TextNode[]): string | null {
  const keys = nodes.flatMap((node) =>
    node.kind === 'object' ? node.members.flatMap(({ key }) => (isRunKey(key) ? [key] : [])) : [],
  )
  const found = [...new Set(keys)].find((key) => {
    const words = nodes.flatMap((node) => wordUnder(node, key) ?? [])
    return words.length >= nodes.length * 0.8 && new Set(words).size > 1
  })
  return found ?? null
}

function isRunKey(key: string): boolean {
  return runKeys.has(plainName(key))
}

const runKeys: ReadonlySet<string> = new Set(
  'run runid dagrunid flowrunid workflowrunid executionid executionarn workflowexecutionid threadid sessionid instanceid processinstanceid correlationid'.split(
    ' ',
  ),
)

function wordUnder(node: TextNode, key: string): string | null {
  if (node.kind !== 'object') return null
  return wordOf(node.members.findLast((one) => one.key === key)?.value ?? null)
}

function ofStates(lines: readonly Line[], end: Line, asked: Mapped): UnknownState {
  const { mapping, set } = asked
  const guesses = guess(end.root, mapping?.paths)
  const pathOf = (field: MappedField) => guesses.find((one) => one.field === field)?.path ?? null
  const idPath = pathOf('id')
  const runs = runsOf(lines, { id: idPath, status: pathOf('status') })
  const { chosen, before } = versionsOf(lines, { end, idPath, item: set.item })
  const words = mapping?.words ?? {}
  const found = runFromGuesses(chosen.root, { guesses, words, ...namesOf(asked) })
  if (found === null) return { ...nothingSeen, mapping }
  const known = { ...nothingSeen, mapping, guesses: [...listOf(runs, idPath), ...guesses], runs }
  if (runs.length > 0 && !isNamed(set.item, { lines, runs })) return known
  return { ...known, ...found, points: before.map((line) => pointOf(line, set)) }
}

/** A line, or a run that a line names. */
function isNamed(
  item: string | null,
  { lines, runs }: { readonly lines: readonly Line[]; readonly runs: readonly NamedRun[] },
): boolean {
  return runs.some((run) => run.item === item) || lines.some((line) => idOf(line) === item)
}

function idOf({ number }: Line): string {
  return `line:${number}`
}

/** Of each run the word of its last line; empty where it is one. */
function runsOf(
  lines: readonly Line[],
  paths: { readonly id: string | null; readonly status: string | null },
): readonly NamedRun[] {
  const last = new Map<string, string | null>()
  for (const { root } of lines) {
    const id = wordAt(root, paths.id)
    if (id !== null) last.set(id, wordAt(root, paths.status))
  }
  return last.size < 2 ? [] : [...last].map(([item, word]) => ({ item, word }))
}

function listOf(runs: readonly NamedRun[], idPath: string | null): readonly FormatGuess[] {
  if (runs.length === 0 || idPath === null) return []
  const evidence = `${idPath} of the lines names ${runs.length} runs.`
  return [{ field: 'runs', path: null, confidence: 'likely', evidence }]
}

/** The line that was asked for, or the last of its run, and the earlier ones of the same run. */
function versionsOf(
  lines: readonly Line[],
  asked: { readonly end: Line; readonly idPath: string | null; readonly item: string | null },
): { readonly chosen: Line; readonly before: readonly Line[] } {
  const { end, idPath, item } = asked
  const byLine = lines.find((line) => idOf(line) === item)
  const ofRun = () =>
    lines.findLast(({ root }) => item === null || wordAt(root, idPath) === item) ?? end
  const chosen = byLine ?? ofRun()
  const id = wordAt(chosen.root, idPath)
  const before = lines
    .filter((line) => line.number < chosen.number && wordAt(line.root, idPath) === id)
    .slice(-mostPoints)
  return { chosen, before }
}

const mostPoints = 500

function pointOf(line: Line, { document }: FileSet): FormatPoint {
  const id = idOf(line)
  return {
    id,
    label: `line ${line.number}`,
    kind: 'history',
    document,
    item: id,
    at: null,
    problem: null,
  }
}
