import type { KnownRecord } from '../../schema/journal.ts'
import type { StoredRecord } from '../../schema/journalReading.ts'
import { itemParent } from '../../schema/itemStep.ts'
import type { Finding } from './finding.ts'
import { fewOf } from './fewOf.ts'
import { recordRules, type RecordRuleId } from './recordRules.ts'
import { createStanding, follow, forget, type Standing } from './recordStanding.ts'

type RecordBreach = {
  readonly rule: RecordRuleId
  readonly item: StoredRecord
  /** Of the value in the record. */
  readonly pointer: string
  readonly sentence: string
}

/**
 * What cannot have happened in this order, though each record fits the journal. One pass; of what follows a gap only what
 * is proved anew is said.
 */
export function checkRecords(records: readonly StoredRecord[]): readonly Finding[] {
  const breaches = new Map<RecordRuleId, RecordBreach[]>()
  const standing = createStanding()
  let before: StoredRecord | null = null
  for (const item of records) {
    if (before !== null && item.record.seq !== before.record.seq + 1) forget(standing)
    const found = breachesOf(standing, item, before)
    for (const breach of found) {
      const own = breaches.get(breach.rule)
      if (own === undefined) breaches.set(breach.rule, [breach])
      else own.push(breach)
    }
    if (item.kind === 'known') follow(standing, item.record)
    before = item
  }
  return recordRules.flatMap((rule) =>
    fewOf(breaches.get(rule.id) ?? []).map((breach) => ({
      rule: rule.id,
      severity: rule.severity,
      sentence: breach.sentence,
      file: 'journal' as const,
      offset: breach.item.offset,
      line: breach.item.line,
      column: 1,
      pointer: breach.pointer,
      remedy: rule.remedy,
    })),
  )
}

const none: readonly RecordBreach[] = []

function breachesOf(
  standing: Standing,
  item: StoredRecord,
  before: StoredRecord | null,
): readonly RecordBreach[] {
  const back = clockBreach(item, before)
  if (item.kind === 'unknown') return back === null ? none : [back]
  const flaw = (rule: RecordRuleId, pointer: string, sentence: string): RecordBreach => ({
    rule,
    item,
    pointer,
    sentence: `Record ${item.record.seq}: ${sentence}`,
  })
  const own = orderBreach(standing, item.record, flaw)
  if (back === null) return own === null ? none : [own]
  return own === null ? [back] : [back, own]
}

type Flaw = (rule: RecordRuleId, pointer: string, sentence: string) => RecordBreach

/** The first thing about a record that cannot be, given what the records before it prove. */
function orderBreach(standing: Standing, record: KnownRecord, flaw: Flaw): RecordBreach | null {
  const { status } = standing
  switch (record.type) {
    case 'runCreated':
      if (record.seq === 1 && status === null) return null
      return flaw('I60', '/type', 'The run is created, but was there already.')
    case 'runResumed':
      if (status !== 'completed' || standing.isThread) return null
      return flaw('I67', '/type', 'The run is resumed, but was completed.')
    case 'runCompleted':
    case 'runFailed':
    case 'runCancelled':
      if (status === null || !ended.has(status)) return null
      return flaw('I68', '/type', `The run ends (${record.type}), but was ${status} already.`)
    case 'stepStarted':
    case 'stepWaiting':
    case 'retryScheduled':
    case 'stepSucceeded':
    case 'stepFailed':
    case 'gateDecided':
      return stepBreach(standing, record, flaw)
    default:
      return null
  }
}

type StepRecord = Extract<
  KnownRecord,
  {
    type:
      | 'stepStarted'
      | 'stepWaiting'
      | 'retryScheduled'
      | 'stepSucceeded'
      | 'stepFailed'
      | 'gateDecided'
  }
>

const ended: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled'])
const begins: ReadonlySet<string> = new Set(['stepStarted', 'stepWaiting', 'retryScheduled'])
const behind: ReadonlySet<string> = new Set(['succeeded', 'skipped'])

function stepBreach(standing: Standing, record: StepRecord, flaw: Flaw): RecordBreach | null {
  const { step, type } = record
  const known = standing.steps.get(step)
  if (known === undefined) {
    const isMissing = standing.isComplete && itemParent(step) === null
    return isMissing ? flaw('I61', '/step', `The run has no step ${step}.`) : null
  }
  if (begins.has(type) && !standing.isThread) {
    if (standing.status !== null && ended.has(standing.status))
      return flaw('I62', '/type', `The step ${step} begins, but the run was ${standing.status}.`)
    if (behind.has(known.status))
      return flaw('I63', '/step', `The step ${step} begins, but it ${was(known.status)} already.`)
  }
  if (type === 'stepStarted' && isCountedBack(known, record.attempt))
    return flaw(
      'I64',
      '/attempt',
      `Attempt ${record.attempt} of ${step} begins, but attempt ${known.last} was made already.`,
    )
  if ((type === 'stepSucceeded' || type === 'stepFailed') && hasEnded(known))
    return flaw('I65', '/step', `The step ${step} ends, but it ${was(known.status)} already.`)
  if (type === 'gateDecided' && known.status !== 'waiting')
    return flaw('I66', '/step', `The step ${step} is decided, but does not wait.`)
  return null
}

/** The same attempt again, while it is open, only adds its process. */
function isCountedBack(
  { last, isOpen }: { readonly last: number; readonly isOpen: boolean },
  attempt: number,
): boolean {
  return attempt < last || (attempt === last && !isOpen)
}

function hasEnded({ status }: { readonly status: string }): boolean {
  return status === 'succeeded' || status === 'failed'
}

function was(status: string): string {
  return status === 'skipped' || status === 'cancelled' ? `was ${status}` : status
}

const toleratedMs = 60_000

function clockBreach(item: StoredRecord, before: StoredRecord | null): RecordBreach | null {
  if (before === null || item.record.at >= before.record.at) return null
  if (Date.parse(before.record.at) - Date.parse(item.record.at) <= toleratedMs) return null
  const sentence = `Record ${item.record.seq}: Its time (${item.record.at}) is before that of record ${before.record.seq} (${before.record.at}).`
  return { rule: 'I69', item, pointer: '/at', sentence }
}
