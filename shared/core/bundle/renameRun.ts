// Makes a bundled run one of this workspace: its id where another has it, where it is from, and nothing of the machine it ran on.
import type { Origin } from '../../schema/origin.ts'
import type { Json } from '../../schema/json.ts'
import { isObject, mapObject, type JsonObject } from './jsonObject.ts'
import { relinked, relinkedWait, type NewIds } from './runLinks.ts'
import { recordWithoutPlaces, withoutPlaces } from './withoutPlaces.ts'

export type NewIdentity = {
  readonly id: string
  /** The id that it had. */
  readonly was: string
  readonly origin: Pick<Origin, 'format' | 'document' | 'item' | 'digest'>
  /** Of all runs that come with it, and of itself. */
  readonly ids: NewIds
  /** Where relative paths of its definition start from now on. */
  readonly folder: string | null
}

/** [B52] */
export function renameRun(run: JsonObject, identity: NewIdentity): JsonObject {
  const { id, was, origin, folder, ids } = identity
  const place = run['place']
  const alone = id === was ? run['lineage'] : { parent: was, checkpoint: null, relation: 'fork' }
  const renamed = {
    ...withoutPlaces(run),
    id,
    origin,
    lineage: relinked(run['lineage'], identity) ?? alone ?? null,
    ...(isObject(place) ? { place: { ...place, folder } } : {}),
  }
  return withSteps(renamed, ids)
}

export function renameRecord(record: JsonObject, identity: NewIdentity): JsonObject {
  const run = record['run']
  const own = {
    ...recordWithoutPlaces(record),
    ...(isObject(run) ? { run: renameRun(run, identity) } : {}),
  }
  return relinkedWait('process' in own ? { ...own, process: null } : own, identity.ids)
}

/** [B53] A process of another machine has the number of a stranger here, which nobody may wait for or end. */
function withSteps(run: JsonObject, ids: NewIds): JsonObject {
  const steps = run['steps']
  if (!isObject(steps)) return run
  return {
    ...run,
    steps: mapObject(steps, (step) =>
      isObject(step) ? relinkedWait(withoutProcesses(step), ids) : step,
    ),
  }
}

function withoutProcesses(step: JsonObject): JsonObject {
  const attempts = step['attempts']
  if (!Array.isArray(attempts)) return step
  return {
    ...step,
    attempts: attempts.map((attempt: Json) =>
      isObject(attempt) ? { ...attempt, process: null } : attempt,
    ),
  }
}
