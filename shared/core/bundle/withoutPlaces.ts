// Takes the folders of a machine out of a run: whoever gets it elsewhere can do nothing with them.
import { isObject, type JsonObject } from './jsonObject.ts'

/** [B51] */
export function withoutPlaces(run: JsonObject): JsonObject {
  const [place, workflow] = [run['place'], run['workflow']]
  return {
    ...run,
    ...(isObject(place) ? { place: { ...place, folder: null } } : {}),
    ...(isObject(workflow) ? { workflow: { ...workflow, source: null } } : {}),
  }
}

export function recordWithoutPlaces(record: JsonObject): JsonObject {
  const [run, definition] = [record['run'], record['definition']]
  return {
    ...record,
    ...(isObject(run) ? { run: withoutPlaces(run) } : {}),
    ...(isObject(definition) ? { definition: { ...definition, source: null } } : {}),
  }
}
