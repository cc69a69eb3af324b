import { StateV1, type DocumentV1 } from '../../../schema/versions/v1.ts'
import type { DocumentV2, StepV2 } from '../../../schema/versions/v2.ts'
import { counted, isEmpty, otherFields, type StepResult } from '../migrationStep.ts'
import { hasNoZone, secondsOf } from '../time.ts'

/** Where version 2 keeps what it has no field for, until version 3. */
export const keptKey = 'kept_from_v1'

type Context = {
  readonly atSeconds: number
  readonly runStatus: DocumentV1['status']
  readonly note: (sentence: string) => void
}

/** States become a list of steps, words change, and ISO times become epoch seconds. */
export function migrate1to2(
  document: DocumentV1,
  { atSeconds }: { readonly atSeconds: number },
): StepResult<DocumentV2> {
  const notes: string[] = []
  const note = (sentence: string): void => void notes.push(sentence)
  const context = { atSeconds, runStatus: document.status, note }
  const { workflow_id, workflow_name, workflow_version, status, inputs } = document
  const kept = otherFields(document, knownKeys)
  const migrated: DocumentV2 = {
    version: 2,
    workflow_id,
    ...(workflow_name === undefined ? {} : { workflow_name }),
    ...(workflow_version === undefined ? {} : { workflow_version }),
    status,
    started_at: readTime('started_at', document.started_at, context),
    updated_at: readTime('updated_at', document.updated_at, context),
    completed_at: readTime('completed_at', document.completed_at, context),
    ...(inputs === undefined ? {} : { inputs }),
    steps: stepsOf(document.states, context),
    ...(isEmpty(kept) ? {} : { [keptKey]: kept }),
  }
  return { document: migrated, sentences: sentencesOf(migrated), notes }
}

const knownKeys = [
  'workflow_id',
  'workflow_name',
  'workflow_version',
  'status',
  'started_at',
  'updated_at',
  'completed_at',
  'inputs',
  'states',
]

function sentencesOf({ steps }: DocumentV2): readonly string[] {
  return [
    `The states become a list of ${counted(steps.length, 'step')}; completed is called success, failed is called failure.`,
    'Times become epoch seconds; output is called result, attempt is called attempts.',
  ]
}

/** The schema does not look at every key: each state is held against its shape once more. */
function stepsOf(states: { readonly [id: string]: unknown }, context: Context): StepV2[] {
  return Object.entries(states).flatMap(([id, value]) => {
    const state = StateV1.safeParse(value).data
    if (state !== undefined) return [stepOf(id, state, context)]
    context.note(`What stands under the name ${id} is no state: it is not carried over.`)
    return []
  })
}

const knownStateKeys = [
  'status',
  'output',
  'error',
  'exit_code',
  'attempt',
  'started_at',
  'completed_at',
]

function stepOf(id: string, state: StateV1, context: Context): StepV2 {
  const status = statuses.get(state.status) ?? unknownStatus(id, state.status, context)
  const kept = otherFields(
    state,
    statuses.has(state.status) ? knownStateKeys : knownStateKeys.slice(1),
  )
  return {
    id,
    status,
    attempts: state.attempt ?? (status === 'pending' ? 0 : 1),
    result: state.output ?? null,
    error: state.error ?? null,
    started_at: readStart(id, state, context),
    completed_at: readTime(`completed_at of ${id}`, state.completed_at, context),
    ...(state.exit_code === undefined ? {} : { exit_code: state.exit_code }),
    ...(isEmpty(kept) ? {} : { [keptKey]: kept }),
  }
}

const statuses: ReadonlyMap<string, StepV2['status']> = new Map([
  ['pending', 'pending'],
  ['running', 'running'],
  ['completed', 'success'],
  ['failed', 'failure'],
  ['skipped', 'skipped'],
  ['cancelled', 'cancelled'],
] as const)

/** A word that says nothing: in a run that goes on, only `running` makes a resume ask before it runs the step again. */
function unknownStatus(id: string, word: string, { runStatus, note }: Context): StepV2['status'] {
  const status = runStatus === 'running' ? 'running' : 'failure'
  note(`The status "${word}" of ${id} is unknown: it becomes ${status}, and the word is kept.`)
  return status
}

/** No attempt begins after its end: where only the end can be read, it began then. */
function readStart(
  id: string,
  { started_at, completed_at }: StateV1,
  context: Context,
): number | null {
  const what = `started_at of ${id}`
  const end = secondsOf(completed_at ?? '')
  const isLost = typeof started_at === 'string' && secondsOf(started_at) === null
  if (end === null || !isLost) return readTime(what, started_at, context)
  context.note(`${what} is "${started_at}", which is no time: the time of its end is taken.`)
  return end
}

function readTime(
  what: string,
  text: string | null | undefined,
  { atSeconds, note }: Context,
): number | null {
  if (text === null || text === undefined) return null
  const seconds = secondsOf(text)
  if (seconds !== null) {
    if (hasNoZone(text)) note(`${what} is "${text}", without a zone: it is taken as UTC.`)
    return seconds
  }
  note(`${what} is "${text}", which is no time: the time of the migration is taken.`)
  return atSeconds
}
