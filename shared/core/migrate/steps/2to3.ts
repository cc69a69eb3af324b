import type { RunId, StepId } from '../../../schema/ids.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { Run } from '../../../schema/run.ts'
import type { DocumentV2 } from '../../../schema/versions/v2.ts'
import { counted, otherFields, type Fields, type StepResult } from '../migrationStep.ts'
import { nameSteps } from '../stepNames.ts'
import { timestampOf } from '../time.ts'
import { keptKey } from './1to2.ts'
import { checkpointsOf } from './2to3Checkpoints.ts'
import { jsonRecord, statesOf, type RunTimes } from './2to3Steps.ts'

export type Context2to3 = {
  readonly id: RunId
  readonly at: Timestamp
  /** The version that the document had before the chain began. */
  readonly from: number
}

/** Steps become a record with attempts, epoch seconds become ISO times, per cent become shares of one. */
export function migrate2to3(document: DocumentV2, context: Context2to3): StepResult<Run> {
  const { id, at, from } = context
  const notes: string[] = []
  const note = (sentence: string): void => void notes.push(sentence)
  const times = timesOf(document, at, note)
  const names = nameSteps(document.steps.map((step) => step.id))
  names.notes.forEach(note)
  const steps = statesOf(document.steps, { names, note, at, from, times })
  const fields = fieldsOf(document)
  keptNotes(fields, names.ids, steps).forEach(note)
  const run: Run = {
    id,
    kind: 'workflow',
    workflow: {
      name: document.workflow_name ?? document.workflow_id,
      version: document.workflow_version ?? null,
      source: null,
      digest: null,
      definition: null,
    },
    status: document.status,
    ...times,
    place: { user: null, host: null, folder: null, environment: [] },
    error: errorOf(document),
    inputs: jsonRecord(document.inputs ?? {}),
    variables: jsonRecord(document.variables ?? {}),
    steps,
    checkpoints: checkpointsOf(document.checkpoints ?? [], { names, note, at }),
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    // The keyframe that the migration writes is record 1: it is what the checkpoints point to.
    journal: { seq: 1, sum: '' },
    migratedFrom: { version: from, fields },
  }
  return { document: run, sentences: sentencesOf(document), notes }
}

function sentencesOf({ steps, checkpoints = [] }: DocumentV2): readonly string[] {
  return [
    `The list of ${counted(steps.length, 'step')} becomes a record by id; success is called succeeded, failure is called failed, result is called output.`,
    'Epoch seconds become times in ISO 8601, UTC, with milliseconds.',
    ...(checkpoints.length === 0
      ? []
      : [`The progress of ${counted(checkpoints.length, 'checkpoint')} becomes a share of one.`]),
    'A journal begins with the state as it is.',
  ]
}

function timesOf(
  { status, started_at, updated_at, completed_at, steps }: DocumentV2,
  at: Timestamp,
  note: (sentence: string) => void,
): RunTimes {
  const read = (what: string, seconds: number | null | undefined): Timestamp | null => {
    if (seconds === null || seconds === undefined) return null
    const time = timestampOf(seconds)
    if (time === null) {
      note(`${what} is ${seconds}, which is no time: the time of the migration is taken.`)
    }
    return time ?? at
  }
  const startedAt = read('started_at', started_at)
  const completedAt = read('completed_at', completed_at)
  const changedAt = read('updated_at', updated_at)
  const known = [...stepTimes(steps), changedAt, completedAt].filter((time) => time !== null)
  const createdAt = startedAt ?? known.toSorted()[0] ?? at
  const updatedAt = changedAt ?? completedAt ?? known.toSorted().at(-1) ?? createdAt
  if (startedAt === null) {
    const taken =
      known.length === 0 ? 'the time of the migration' : `the first time in it, ${createdAt},`
    note(`Nothing says when the run was made: ${taken} is taken.`)
  }
  if (isFinished(status) && completedAt === null) {
    note('Nothing says when the run ended: the time of its last change is taken.')
  }
  if (!isFinished(status) && completedAt !== null) {
    note(`The run is ${status} but had an end: it is kept in migratedFrom.`)
  }
  const finishedAt = isFinished(status) ? (completedAt ?? updatedAt) : null
  return { createdAt, startedAt, updatedAt, finishedAt }
}

/** Times of the steps that are such. */
function stepTimes(steps: DocumentV2['steps']): readonly Timestamp[] {
  return steps.flatMap(({ started_at, completed_at }) =>
    [started_at, completed_at].flatMap((seconds) =>
      seconds === null || seconds === undefined ? [] : (timestampOf(seconds) ?? []),
    ),
  )
}

function isFinished(status: DocumentV2['status']): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

function errorOf({ status, steps }: DocumentV2): Run['error'] {
  const failed = steps.find((step) => step.status === 'failure')
  if (status !== 'failed' || failed === undefined) return null
  const cause = failed.error === null || failed.error === undefined ? '' : `: ${failed.error}`
  return { name: 'StepFailed', message: `${failed.id} failed${cause}`, code: null, stack: null }
}

const knownKeys = [
  'version',
  'workflow_id',
  'workflow_name',
  'workflow_version',
  'status',
  'started_at',
  'updated_at',
  'completed_at',
  'inputs',
  'variables',
  'steps',
  'checkpoints',
  'checksum',
  keptKey,
]

/** What version 3 has no field for, and the old id, by which other programs may know the run. */
function fieldsOf(document: DocumentV2): Fields {
  const { workflow_id, status, completed_at: end } = document
  const kept = document[keptKey]
  return {
    ...otherFields(document, knownKeys),
    ...(typeof kept === 'object' && kept !== null ? otherFields(kept, []) : {}),
    ...(isFinished(status) || end === null || end === undefined ? {} : { completed_at: end }),
    workflow_id,
  }
}

/** [M16] Where what has no place is found again; the old id is kept without a word where the run still has it. */
function keptNotes(fields: Fields, ids: readonly StepId[], steps: Run['steps']): readonly string[] {
  const { workflow_id: _, ...own } = fields
  const keys = Object.keys(own)
  const withKept = ids.filter((id) => steps[id]?.['migratedFrom'] !== undefined)
  const ofRun = `Version 3 has no place for ${few(keys, 20)}: kept under /migratedFrom/fields.`
  const ofSteps = `Version 3 has no place for some fields of ${few(withKept, 5)}: kept under the step's migratedFrom.`
  return [...(keys.length === 0 ? [] : [ofRun]), ...(withKept.length === 0 ? [] : [ofSteps])]
}

function few(names: readonly string[], most: number): string {
  const rest = names.length - most
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
