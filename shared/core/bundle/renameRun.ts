// Makes a bundled run one of this workspace: its id where another has it, where it is from, and nothing of the machine it ran on.
import type { Origin } from '../../schema/origin.ts'
import type { Json } from '../../schema/json.ts'
import { isObject, mapObject, type JsonObject } from './jsonObject.ts'
import { recordWithoutPlaces, withoutPlaces } from './withoutPlaces.ts'

export type NewIdentity = {
  readonly id: string
  /** The id that it had. */
  readonly was: string
  readonly origin: Pick<Origin, 'format' | 'document' | 'item' | 'digest'>
  /** Where relative paths of its definition start from now on. */
  readonly folder: string | null
}

/** [B52] */
export function renameRun(run: JsonObject, { id, was, origin, folder }: NewIdentity): JsonObject {
  const place = run['place']
  const lineage = id === was ? run['lineage'] : { parent: was, checkpoint: null, relation: 'fork' }
  return withoutProcesses({
    ...withoutPlaces(run),
    id,
    origin,
    lineage: lineage ?? null,
    ...(isObject(place) ? { place: { ...place, folder } } : {}),
  })
}

export function renameRecord(record: JsonObject, identity: NewIdentity): JsonObject {
  const run = record['run']
  const own = {
    ...recordWithoutPlaces(record),
    ...(isObject(run) ? { run: renameRun(run, identity) } : {}),
  }
  return 'process' in own ? { ...own, process: null } : own
}

/** [B53] A process of another machine has the number of a stranger here, which nobody may wait for or end. */
function withoutProcesses(run: JsonObject): JsonObject {
  const steps = run['steps']
  if (!isObject(steps)) return run
  return { ...run, steps: mapObject(steps, (step) => (isObject(step) ? alone(step) : step)) }
}

function alone(step: JsonObject): Json {
  const attempts = step['attempts']
  if (!Array.isArray(attempts)) return step
  return {
    ...step,
    attempts: attempts.map((attempt: Json) =>
      isObject(attempt) ? { ...attempt, process: null } : attempt,
    ),
  }
}
