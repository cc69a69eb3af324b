// A log of events as a run: what each says of which step, by the words that engines have for it.
import type { RunStatus } from '../../../schema/run.ts'
import type { FormatEvent } from '../format.ts'
import { numberOf, stringOf, type TextNode } from '../text/parseText.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { momentOf } from './momentOf.ts'
import { plainName } from './names.ts'
import { meaningOf, type StatusWords } from './words.ts'

/** An entry of a log; `meaning` is what it says of its step, or of the run where it names no step. */
export type LogEvent = FormatEvent & { readonly meaning: RunStatus | null }

/** Null when it is no log: half of the entries at least say what happened and when. */
export function eventsOf(
  nodes: readonly TextNode[],
  words: StatusWords,
): readonly LogEvent[] | null {
  const events = entriesOf(nodes, words)
  const known = events.filter(({ at }) => at !== null)
  return known.length < 2 || known.length * 2 < nodes.length ? null : events
}

/** What of a log that is known to be one says what happened. */
export function entriesOf(nodes: readonly TextNode[], words: StatusWords): readonly LogEvent[] {
  const told = new Map<string, string>()
  return nodes.flatMap((node) => eventOf(node, told, words) ?? [])
}

/** `told`: the step by the id of the event that named it, for later ones that only refer to it (Temporal). */
function eventOf(node: TextNode, told: Map<string, string>, words: StatusWords): LogEvent | null {
  if (node.kind !== 'object') return null
  const all = candidatesOf(node)
  const top = all.filter(({ path }) => path.length === 1)
  const what = textIn(top, whatNames)
  if (what === null) return null
  const referred = find(all, 'scheduledeventid')
  const step = textIn(top, stepNames) ?? nestedName(all) ?? told.get(plain(referred)) ?? null
  const id = plain(find(top, 'eventid') ?? find(top, 'id'))
  if (step !== null && id !== '') told.set(id, step)
  return {
    at: timeIn(top),
    what,
    step,
    by: textIn(top, ['worker', 'workerid', 'by', 'actor', 'user', 'identity']),
    message: textIn(all, ['message', 'msg', 'error', 'cause', 'reason'])?.slice(0, 500) ?? null,
    meaning: meaningIn(top, { what, step, words }),
  }
}

const whatNames = ['event', 'eventtype', 'eventname', 'type', 'action', 'kind', 'transition']
const stepNames = [
  'step',
  'stepid',
  'stepname',
  'task',
  'taskid',
  'taskname',
  'node',
  'nodeid',
  'activity',
  'job',
  'jobname',
  'statename',
]
const timeNames = [
  'at',
  'ts',
  'time',
  'timestamp',
  'eventtime',
  'date',
  'datetime',
  'occurredat',
  'createdat',
  'when',
]

function find(candidates: readonly Candidate[], name: string): TextNode | null {
  return candidates.find(({ key }) => plainName(key) === name)?.node ?? null
}

function textIn(candidates: readonly Candidate[], names: readonly string[]): string | null {
  for (const name of names) {
    const text = stringOf(find(candidates, name))
    if (text !== null && text !== '') return text
  }
  return null
}

function timeIn(candidates: readonly Candidate[]): LogEvent['at'] {
  for (const name of timeNames) {
    const moment = momentOf(find(candidates, name))
    if (moment !== null) return moment.at
  }
  return null
}

/** `stateEnteredEventDetails.name` of Step Functions, `…EventAttributes.activityType.name` of Temporal. */
function nestedName(all: readonly Candidate[]): string | null {
  const found = all.find(
    ({ path, key }) => key === 'name' && /state|activity|step/i.test(path.at(-2) ?? ''),
  )
  return stringOf(found?.node ?? null)
}

function plain(node: TextNode | null): string {
  return stringOf(node) ?? String(numberOf(node) ?? '')
}

function meaningIn(
  top: readonly Candidate[],
  {
    what,
    step,
    words,
  }: { readonly what: string; readonly step: string | null; readonly words: StatusWords },
): RunStatus | null {
  const word = textIn(top, ['status', 'state', 'outcome'])
  const stated = word === null ? null : meaningOf(word, words)
  if (stated !== null) return stated
  const name = plainName(what)
  if (
    step === null &&
    (!/run|execution|workflow|flow|job|pipeline|process/.test(name) ||
      /task|step|activity|state|node|timer/.test(name))
  )
    return null
  return endings.find(([ending]) => name.endsWith(ending))?.[1] ?? null
}

const endings: readonly (readonly [string, RunStatus])[] = [
  ['started', 'running'],
  ['entered', 'running'],
  ['start', 'running'],
  ['scheduled', 'running'],
  ['dispatched', 'running'],
  ['retrying', 'running'],
  ['resumed', 'running'],
  ['completed', 'completed'],
  ['succeeded', 'completed'],
  ['exited', 'completed'],
  ['finished', 'completed'],
  ['success', 'completed'],
  ['done', 'completed'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['error', 'failed'],
  ['timedout', 'failed'],
  ['canceled', 'cancelled'],
  ['cancelled', 'cancelled'],
  ['terminated', 'cancelled'],
  ['aborted', 'cancelled'],
  ['paused', 'paused'],
  ['waiting', 'waiting'],
]
