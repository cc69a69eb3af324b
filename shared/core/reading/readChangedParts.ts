import type { JournalRecord, KnownRecord, RecordType } from '../../schema/journal.ts'
import type { JournalReading } from '../../schema/journalReading.ts'
import { ownValue } from '../../schema/json.ts'
import type { Run, StepState, StepStatus } from '../../schema/run.ts'
import { createDraft, followSteps, put } from '../run/draft.ts'
import { advance } from '../run/transition.ts'

/**
 * The run right after two records, the earlier first, with only those steps and variables that the records between them
 * touch, and without its lists of checkpoints and decisions. Null where a record may have changed more than it names, or
 * where no whole state stands before: then both states have to be rebuilt.
 */
export function readChangedParts(
  { records }: JournalReading,
  fromSeq: number,
  untilSeq: number,
): { readonly earlier: Run; readonly later: Run } | null {
  const last = records.findLastIndex(({ record }) => record.seq === untilSeq)
  const middle = records.findLastIndex(({ record }) => record.seq === fromSeq)
  const first = findBase(records, middle)
  const base = records[first]
  const run = base === undefined ? null : runOf(base)
  const isWhole = last - first === untilSeq - (base?.record.seq ?? 0)
  if (run === null || middle < first || last <= middle || !isWhole) return null
  const between = knownIn(records.slice(middle + 1, last + 1))
  if (between.some(isWide) || between.some(({ type }) => listed.has(type))) return null
  const parts = touchedBy(between)
  const before = gatherBefore(records, { first: first + 1, middle, parts, run })
  if (before === null) return null

  const draft = createDraft({ ...run, ...pick(run, parts), checkpoints: [], decisions: [] })
  for (const record of before.concerning) advance(draft, { kind: 'known', record })
  draft.counts = before.counts
  followSteps(draft)
  draft.owned.clear()
  const earlier = { ...draft.run }
  for (const record of between) advance(draft, { kind: 'known', record })
  return { earlier, later: draft.run }
}

function findBase(records: readonly JournalRecord[], middle: number): number {
  for (let index = middle; index >= 0; index -= 1)
    if (records[index] !== undefined && runOf(records[index]) !== null) return index
  return -1
}

function runOf(item: JournalRecord | undefined): Run | null {
  if (item === undefined || item.kind === 'unknown') return null
  const { record } = item
  return record.type === 'keyframe' || record.type === 'runCreated' ? record.run : null
}

function knownIn(records: readonly JournalRecord[]): readonly KnownRecord[] {
  return records.flatMap((item) => (item.kind === 'known' ? item.record : []))
}

type Before = {
  readonly first: number
  readonly middle: number
  readonly parts: Parts
  readonly run: Run
}

/** What concerns the parts, and how many steps run and wait then: that is a matter of all of them. */
function gatherBefore(records: readonly JournalRecord[], { first, middle, parts, run }: Before) {
  const open = openSteps(run)
  const concerning: KnownRecord[] = []
  for (let index = first; index <= middle; index += 1) {
    const item = records[index]
    if (item === undefined || item.kind === 'unknown') continue
    if (isWide(item.record)) return null
    follow(open, item.record)
    if (concerns(item.record, parts)) concerning.push(item.record)
  }
  return { concerning, counts: countOpen(open) }
}

/** What may change any part of a run, or says that its files were changed by hand. */
const wide: ReadonlySet<RecordType> = new Set([
  'runCreated',
  'keyframe',
  'edited',
  'repaired',
  'migrated',
  'thinned',
])
/** What changes steps that it does not name, or a list that is left out. */
const listed: ReadonlySet<RecordType> = new Set(['runResumed', 'decision'])

function isWide(record: KnownRecord): boolean {
  return wide.has(record.type) || (record.type === 'stepWaiting' && record.items !== undefined)
}

type Parts = { readonly steps: ReadonlySet<string>; readonly variables: ReadonlySet<string> }

function touchedBy(records: readonly KnownRecord[]): Parts {
  const parts = { steps: new Set<string>(), variables: new Set<string>() }
  for (const record of records) {
    if (record.type === 'variableSet') parts.variables.add(record.name)
    else if (record.type === 'variablesChanged') {
      for (const name of record.removed) parts.variables.add(name)
      for (const { name } of record.set) parts.variables.add(name)
    } else if ('step' in record && typeof record.step === 'string') parts.steps.add(record.step)
  }
  return parts
}

function pick(run: Run, parts: Parts): Pick<Run, 'steps' | 'variables'> {
  return { steps: part(run.steps, parts.steps), variables: part(run.variables, parts.variables) }
}

function part<T>(record: { readonly [key: string]: T }, names: ReadonlySet<string>) {
  const found: Record<string, T> = {}
  for (const name of names) {
    const value = ownValue(record, name)
    if (value !== undefined) put(found, name, value)
  }
  return found
}

function concerns(record: KnownRecord, parts: Parts): boolean {
  if (record.type === 'checkpoint') return false
  if (record.type === 'variableSet') return parts.variables.has(record.name)
  if (record.type === 'variablesChanged') return parts.variables.size > 0
  return !('step' in record) || typeof record.step !== 'string' || parts.steps.has(record.step)
}

type OpenSteps = Map<string, 'running' | 'waiting'>

function openSteps({ steps }: Run): OpenSteps {
  const open: OpenSteps = new Map()
  const states: { readonly [step: string]: StepState } = steps
  for (const name in states) {
    const status = states[name]?.status
    if (status === 'running' || status === 'waiting') open.set(name, status)
  }
  return open
}

function follow(open: OpenSteps, record: KnownRecord): void {
  if (record.type === 'runResumed') for (const step of record.reset) open.delete(step)
  const status = statusAfter[record.type]
  if (status === undefined || !('step' in record) || typeof record.step !== 'string') return
  const isSaid = record.type === 'decision' && saysNothing.has(record.decision)
  if (isSaid) return
  if (status === 'at rest') open.delete(record.step)
  else open.set(record.step, status)
}

/** The other counts are not asked for. */
function countOpen(open: OpenSteps): Record<StepStatus, number> {
  const statuses = [...open.values()]
  const running = statuses.filter((status) => status === 'running').length
  const atRest = { pending: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 }
  return { ...atRest, running, waiting: statuses.length - running }
}

/** Decisions that leave the step as it is. */
const saysNothing: ReadonlySet<string> = new Set(['stop', 'adopted'])

const statusAfter: { readonly [T in RecordType]?: 'running' | 'waiting' | 'at rest' } = {
  stepStarted: 'running',
  stepWaiting: 'waiting',
  retryScheduled: 'waiting',
  stepSucceeded: 'at rest',
  stepFailed: 'at rest',
  stepSkipped: 'at rest',
  stepCancelled: 'at rest',
  gateDecided: 'at rest',
  decision: 'at rest',
}
