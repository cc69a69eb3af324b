import type { JournalRecord, KnownRecord, RecordOf } from '../../schema/journal.ts'
import { assertNever } from '../../assert.ts'

/** One sentence of what a record says, for the history of a run. */
export function summariseRecord(item: JournalRecord): string {
  return item.kind === 'known'
    ? sentenceOf(item.record)
    : `A record of a type this version does not know: ${item.record.type}.`
}

function sentenceOf(record: KnownRecord): string {
  switch (record.type) {
    case 'runCreated':
      return `The run of ${record.run.workflow.name} was created.`
    case 'runStarted':
      return 'The run started.'
    case 'stepStarted':
      return `${record.step} started, ${attemptOf(record.attempt)}.`
    case 'stepSucceeded':
      return `${record.step} succeeded.`
    case 'stepFailed':
      return `${record.step} failed, ${attemptOf(record.attempt)}: ${firstLine(record.error.message)}`
    case 'stepSkipped':
      return `${record.step} was skipped${skippedBy[record.by]}${because(record.reason)}.`
    case 'stepCancelled':
      return `${record.step} was cancelled${because(record.reason)}.`
    case 'stepWaiting':
      return `${record.step} waits${waitsFor[record.waitingOn.kind]}.`
    case 'retryScheduled':
      return `${record.step} will be tried again at ${record.until}, ${attemptOf(record.attempt)}.`
    case 'gateDecided':
      return `${record.step} was ${record.decision} by ${record.by}${because(record.reason)}.`
    case 'variableSet':
      return `The variable ${record.name} was set.`
    case 'variablesChanged':
      return `${record.by} changed ${counted(record.set.length + record.removed.length, 'variable')}.`
    case 'checkpoint':
      return `Checkpoint ${record.name} was made${checkpointPlace(record)}.`
    case 'decision':
      return `${record.by} decided about ${record.step}: ${decisions[record.decision]}${because(record.reason)}.`
    default:
      return runSentence(record)
  }
}

type StepType =
  | 'runCreated'
  | 'runStarted'
  | 'stepStarted'
  | 'stepSucceeded'
  | 'stepFailed'
  | 'stepSkipped'
  | 'stepCancelled'
  | 'stepWaiting'
  | 'retryScheduled'
  | 'gateDecided'
  | 'variableSet'
  | 'variablesChanged'
  | 'checkpoint'
  | 'decision'

function runSentence(record: Exclude<KnownRecord, { type: StepType }>): string {
  switch (record.type) {
    case 'runPaused':
      return `The run was paused by ${record.by}${because(record.reason)}.`
    case 'runResumed':
      return `The run was resumed by ${record.by}${resetOf(record.reset)}${because(record.reason)}.`
    case 'runCompleted':
      return 'The run completed.'
    case 'runFailed':
      return `The run failed: ${firstLine(record.error.message)}`
    case 'runCancelled':
      return `The run was cancelled by ${record.by}${because(record.reason)}.`
    case 'annotated':
      return `${record.by} changed the notes of the run.`
    case 'edited':
      return `${record.by} changed the state in ${counted(record.patch.length, 'place')}${because(record.reason)}.`
    case 'repaired':
      return `${record.by} repaired the run from ${record.source}${lost(record.dropped)}.`
    case 'migrated':
      return `${record.by} migrated ${record.source} from version ${record.from} to ${record.to}.`
    case 'thinned':
      return `${counted(countDropped(record.dropped), 'record')} of the history went to the trash.`
    case 'keyframe':
      return 'The whole state was written.'
    default:
      return assertNever(record)
  }
}

const skippedBy = {
  condition: ' by its condition',
  dependency: ' because of a step before it',
  person: ' by a person',
} as const
const waitsFor = {
  retry: ' for its next attempt',
  time: ' for a time',
  gate: ' for a decision',
  run: ' for another run',
  items: ' for its items',
} as const
const decisions = {
  happened: 'its effect happened',
  rerun: 'run it again',
  skip: 'skip it',
  stop: 'stop here',
  adopted: 'its result was found and taken over',
} as const

type Range = { readonly fromSeq: number; readonly toSeq: number }

function checkpointPlace({ step, trigger }: RecordOf<'checkpoint'>): string {
  if (step === null) return ''
  return trigger === 'gate' ? ` at the gate ${step}` : ` after ${step}`
}

function attemptOf(number: number): string {
  return `attempt ${number}`
}

function because(reason: string | null): string {
  return reason === null || reason === '' ? '' : `: ${firstLine(reason).replace(/\.$/, '')}`
}

function resetOf(steps: readonly string[]): string {
  return steps.length === 0 ? '' : `; ${counted(steps.length, 'step')} will be evaluated again`
}

function lost(dropped: Range | null): string {
  return dropped === null ? '' : `; records ${dropped.fromSeq} to ${dropped.toSeq} were lost`
}

function countDropped(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { fromSeq, toSeq }) => sum + toSeq - fromSeq + 1, 0)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function firstLine(text: string): string {
  return text.split(/\r\n|[\n\r]/, 1)[0] ?? ''
}
