// Which records of the journal are events of a trace, and on which span.
import type { Json } from '../../schema/json.ts'
import type { JournalRecord, KnownRecord } from '../../schema/journal.ts'
import type { SpanEvent } from './makeSpan.ts'

export type RecordEvents = {
  readonly ofRun: readonly SpanEvent[]
  readonly ofSteps: ReadonlyMap<string, readonly SpanEvent[]>
  /** When a step is first and last spoken of. */
  readonly times: ReadonlyMap<string, { readonly firstMs: number; readonly lastMs: number }>
  /** Of the last record; null: there is none. */
  readonly lastMs: number | null
}

export function recordEvents(records: readonly JournalRecord[]): RecordEvents {
  const ofRun: SpanEvent[] = []
  const ofSteps = new Map<string, SpanEvent[]>()
  const times = new Map<string, { readonly firstMs: number; readonly lastMs: number }>()
  let lastMs: number | null = null
  for (const item of records) {
    const atMs = Date.parse(item.record.at)
    lastMs = Math.max(lastMs ?? atMs, atMs)
    if (item.kind === 'unknown') continue
    const { record } = item
    const said = eventOf(record)
    const event = said === null ? null : { at: record.at, ...said }
    const step = stepOf(record)
    if (step === null) {
      if (event !== null) ofRun.push(event)
      continue
    }
    const firstMs = times.get(step)?.firstMs ?? atMs
    times.set(step, { firstMs, lastMs: atMs })
    if (event === null) continue
    const known = ofSteps.get(step)
    if (known === undefined) ofSteps.set(step, [event])
    else known.push(event)
  }
  return { ofRun, ofSteps, times, lastMs }
}

/** A checkpoint is one of the run, wherever it was made. */
function stepOf(record: KnownRecord): string | null {
  if (record.type === 'checkpoint') return null
  return 'step' in record && typeof record.step === 'string' ? record.step : null
}

type Told = Omit<SpanEvent, 'at'>

/** Null: it begins or ends a span, or says nothing of time. */
function eventOf(record: KnownRecord): Told | null {
  switch (record.type) {
    case 'stepWaiting':
      return told('unstuck.step.waiting', waitingAttributes(record.waitingOn))
    case 'retryScheduled':
      return told('unstuck.step.retry_scheduled', {
        'unstuck.attempt.number': record.attempt,
        'unstuck.until': record.until,
      })
    case 'gateDecided':
      return told('unstuck.gate.decided', {
        'unstuck.decision': record.decision,
        'unstuck.by': record.by,
        'unstuck.reason': record.reason,
      })
    case 'decision':
      return told('unstuck.step.decision', {
        'unstuck.decision': record.decision,
        'unstuck.by': record.by,
        'unstuck.reason': record.reason,
      })
    case 'stepSkipped':
      return told('unstuck.step.skipped', {
        'unstuck.by': record.by,
        'unstuck.reason': record.reason,
      })
    case 'checkpoint':
      return told('unstuck.checkpoint', {
        'unstuck.checkpoint.id': record.id,
        'unstuck.checkpoint.name': record.name,
        'unstuck.checkpoint.trigger': record.trigger,
        'unstuck.step.id': record.step,
        'unstuck.progress': record.progress,
      })
    case 'variableSet':
      return told('unstuck.variable.set', { 'unstuck.variable.name': record.name })
    case 'runResumed':
      return told('unstuck.run.resumed', { ...whoOf(record), 'unstuck.reset': [...record.reset] })
    case 'runPaused':
      return told('unstuck.run.paused', whoOf(record))
    case 'runCancelled':
      return told('unstuck.run.cancelled', whoOf(record))
    case 'edited':
      return told('unstuck.run.edited', {
        ...whoOf(record),
        'unstuck.paths': record.patch.map(({ path }) => path),
      })
    case 'repaired':
      return told('unstuck.run.repaired', whoOf(record))
    case 'migrated':
      return told('unstuck.run.migrated', { 'unstuck.by': record.by })
    default:
      return null
  }
}

function told(name: string, attributes: Told['attributes']): Told {
  return { name, attributes }
}

function whoOf({ by, reason }: { readonly by: string; readonly reason: string | null }) {
  return { 'unstuck.by': by, 'unstuck.reason': reason }
}

function waitingAttributes(waitingOn: { readonly kind: string }): Told['attributes'] {
  const text = (key: string): Json | undefined => {
    const value: unknown = Object.entries(waitingOn).find(([name]) => name === key)?.[1]
    return typeof value === 'string' ? value : undefined
  }
  return {
    'unstuck.waiting.on': waitingOn.kind,
    'unstuck.until': text('until'),
    'unstuck.waiting.who': text('who'),
    'unstuck.waiting.run': text('run'),
  }
}
