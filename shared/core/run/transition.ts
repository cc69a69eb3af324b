// The state machine of a run as a reducer: what a journal record does to the run, and nothing else changes a run.
import type { JournalRecord, KnownRecord, RecordOf } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import type { Run } from '../../schema/run.ts'
import { applyEdit } from './applyEdit.ts'
import { createDraft, followSteps, ownedOf, put, replaceRun, type Draft } from './draft.ts'
import { change, checkpointMade, runEnded, runResumed, runStarted } from './runRecords.ts'
import * as steps from './stepRecords.ts'

/**
 * The run after one more record. Null stays null until a record brings a run (`runCreated`, `keyframe`). Never throws on an
 * odd order of records and never changes what it was given.
 */
export function transition(run: Run | null, item: JournalRecord): Run | null {
  const draft = begin(run, item)
  if (draft === null) return null
  advance(draft, item)
  return draft.run
}

/** A draft for the first record of a replay: of the run so far, or of the one that the record brings. */
export function begin(run: Run | null, item: JournalRecord): Draft | null {
  const first = run ?? broughtBy(item)
  return first === null ? null : createDraft(first)
}

function broughtBy({ kind, record }: JournalRecord): Run | null {
  if (kind === 'unknown') return null
  return record.type === 'runCreated' || record.type === 'keyframe' ? record.run : null
}

/** Applies one record to a draft. */
export function advance(draft: Draft, item: JournalRecord): void {
  const { seq, sum, at } = item.record
  if (item.kind === 'known') apply(draft, item.record)
  const { journal, updatedAt } = draft.run
  const isStill = item.kind === 'unknown' || housekeeping.has(item.record.type)
  change(draft, { journal: { ...journal, seq, sum }, updatedAt: isStill ? updatedAt : at })
}

/** Records about the files of a run: when the run itself last moved stays what it was. */
const housekeeping: ReadonlySet<string> = new Set(['keyframe', 'migrated', 'thinned'])

function apply(draft: Draft, record: KnownRecord): void {
  if (applyStep(draft, record)) followSteps(draft)
  else applyRun(draft, record)
}

/** False for a record that is about the run as a whole. */
function applyStep(draft: Draft, record: KnownRecord): boolean {
  switch (record.type) {
    case 'stepStarted':
      steps.stepStarted(draft, record)
      return true
    case 'stepSucceeded':
    case 'stepFailed':
      steps.stepEnded(draft, record)
      return true
    case 'stepSkipped':
      steps.stepSkipped(draft, record)
      return true
    case 'stepCancelled':
      steps.stepCancelled(draft, record)
      return true
    case 'stepWaiting':
      steps.stepWaiting(draft, record)
      return true
    case 'retryScheduled':
      steps.retryScheduled(draft, record)
      return true
    case 'gateDecided':
      steps.gateDecided(draft, record)
      return true
    case 'decision':
      steps.stepDecided(draft, record)
      return true
    default:
      return false
  }
}

function variablesChanged(draft: Draft, { set, removed }: RecordOf<'variablesChanged'>): void {
  const variables: Record<string, Json> = ownedOf(draft, 'variables')
  for (const name of removed) delete variables[name]
  for (const { name, value } of set) put<Json>(variables, name, value)
}

function applyRun(draft: Draft, record: KnownRecord): void {
  switch (record.type) {
    case 'runCreated':
    case 'keyframe':
      return replaceRun(draft, record.run)
    case 'runStarted':
      return runStarted(draft, record.at)
    case 'runPaused':
      return change(draft, { status: 'paused' })
    case 'runResumed':
      runResumed(draft, record)
      return followSteps(draft)
    case 'runCompleted':
    case 'runFailed':
    case 'runCancelled':
      return runEnded(draft, record)
    case 'variableSet':
      return put<Json>(ownedOf(draft, 'variables'), record.name, record.value)
    case 'variablesChanged':
      return variablesChanged(draft, record)
    case 'checkpoint':
      return checkpointMade(draft, record)
    case 'annotated':
      return change(draft, { annotations: record.annotations })
    case 'edited':
      return replaceRun(draft, applyEdit(draft.run, record.patch) ?? draft.run)
    default:
      // `repaired`, `migrated` and `thinned` say what was done to the files: the keyframe behind them has the state.
      return undefined
  }
}
