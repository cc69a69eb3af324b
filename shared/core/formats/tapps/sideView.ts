import type { Timestamp } from '../../../schema/json.ts'
import type { Run } from '../../../schema/run.ts'
import type { FormatReading } from '../format.ts'
import type { FileStore } from './fileStore.ts'
import { runIdOf, stepIdsOf } from '../view/viewIds.ts'
import { stemOf } from './names.ts'
import { isEnded, readers, stepSide, type Side, type SideStep } from './sides.ts'
import { epoch, errorOf } from './stepFacts.ts'

type View = Pick<FormatReading, 'run' | 'said'>

/** [F51] The common view of a store of its own: an epic, a task, a token, durable or step checkpoint. */
export function sideView(store: FileStore): View {
  const { parsed, kind } = store
  const nothing = { run: null, said: { status: null, steps: {} } }
  if (parsed.kind === 'broken') return nothing
  const stem = stemOf(store.set.document) ?? 'run'
  if (kind === 'step') return viewOf(stepSide(store, parsed.root, stem))
  const read = readers[kind]
  return read === undefined ? nothing : viewOf(read(parsed.root, stem))
}

function viewOf(side: Side): View {
  const ids = stepIdsOf(side.steps.map(({ name }) => name))
  const updatedAt = side.updatedAt ?? side.startedAt ?? epoch
  // A checkpoint does not say when its run began: the first time that it tells of stands for it.
  const told = [side.startedAt, ...side.steps.map(({ at }) => at)].filter((at) => at !== null)
  const first = [...told, updatedAt].toSorted()[0] ?? updatedAt
  const entries = side.steps.flatMap((one) => {
    const id = ids.get(one.name)
    return id === undefined ? [] : [{ id, one }]
  })
  return {
    run: {
      id: runIdOf(side.id),
      kind: 'workflow',
      workflow: { name: side.name, version: null, source: null, digest: null, definition: null },
      status: side.status,
      createdAt: first,
      startedAt: side.status === 'pending' ? side.startedAt : first,
      updatedAt,
      finishedAt: isEnded(side.status) ? updatedAt : null,
      place: { user: null, host: null, folder: null, environment: [] },
      error: side.status === 'failed' ? errorOf('The checkpoint says failed, and not why.') : null,
      inputs: {},
      variables: side.variables,
      steps: Object.fromEntries(
        entries.map(({ id, one }) => [id, stateOf(one, updatedAt)]),
      ) as Run['steps'], // its keys are step ids
      checkpoints: [],
      decisions: [],
      lineage: null,
      annotations: { colour: null, note: null, pinned: false, tags: [] },
      journal: { seq: 0, sum: '' },
    },
    said: {
      status: side.said,
      steps: Object.fromEntries(entries.map(({ id, one }) => [id, one.said])),
    },
  }
}

function stateOf(one: SideStep, updatedAt: Timestamp): Run['steps'][keyof Run['steps']] {
  const at = one.at ?? updatedAt
  const isOver = one.status === 'succeeded' || one.status === 'failed' || one.status === 'cancelled'
  const outcome = isOver ? one.status : null
  const attempt = {
    number: 1,
    startedAt: at,
    finishedAt: isOver ? at : null,
    outcome,
    error: null,
    exitCode: null,
    process: null,
  }
  return {
    status: one.status,
    attempts: isOver || one.status === 'running' ? [attempt] : [],
    output: one.output,
    waitingOn: null,
    skippedBy: one.status === 'skipped' ? 'person' : null,
  }
}
