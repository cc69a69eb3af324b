// A run with as many records as one wants, written by the store: variables that change, checkpoints, keyframes.
import { createFileStore } from '../../electron/store/fileStore.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { createRun } from '../../shared/core/run/createRun.ts'
import { CheckpointId, type RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { randomId } from './randomId.ts'
import { sha256 } from './sha256.ts'

export type LongRun = {
  readonly id: RunId
  readonly records: number
  /** Stands in the state from its first record on. */
  readonly variables?: Readonly<Record<string, Json>>
}

const createdAt = '2026-01-02T03:04:05.678Z'

export async function makeLongRun(root: string, { id, records, variables = {} }: LongRun) {
  let ms = Date.parse(createdAt)
  const store = await createFileStore({
    root,
    now: () => new Date((ms += 7)).toISOString(),
    randomId,
    application: { version: 'bench' },
  })
  const born = { ...bornRun(id), variables }
  const writer = await store.create(id, { purpose: 'bench', controlSocket: null, createdAt })
  const bodies: RecordBody[] = [{ type: 'runCreated', run: born }, { type: 'runStarted' }]
  let state = born
  while (bodies.length < records) {
    const number = bodies.length
    if (number % 500 === 499) bodies.push({ type: 'keyframe', run: state })
    else if (number % 100 === 49) {
      const made = checkpointAt(number)
      const kept = { ...made, seq: number + 1, at: createdAt }
      state = { ...state, checkpoints: [...state.checkpoints, kept] }
      bodies.push({ type: 'checkpoint', ...made })
    } else {
      const name = `counter-${number % 20}`
      const value = { number, note: 'as the program said '.repeat(8) }
      state = { ...state, variables: { ...state.variables, [name]: value } }
      bodies.push({ type: 'variableSet', name, value })
    }
  }
  for (let at = 0; at < bodies.length; at += 1000)
    await writer.append(bodies.slice(at, at + 1000), { durable: false })
  await writer.replaceHead(encodeHead({ ...born, status: 'running' }, sha256))
  await writer.release()
  await store.close()
}

function bornRun(id: RunId) {
  return createRun({
    id,
    definition: WorkflowDefinition.parse({ name: 'long', steps: { count: { run: 'true' } } }),
    source: null,
    digest: `sha256:${sha256('long')}`,
    inputs: {},
    at: createdAt,
    place: { user: 'ci', host: 'worker', folder: '/srv', environment: [] },
    lineage: null,
  })
}

function checkpointAt(number: number) {
  const id = CheckpointId.parse(`cp-${number}`)
  const name = `At ${number}`
  return { id, parent: null, name, trigger: 'step', step: null, progress: 0.5 } as const
}
