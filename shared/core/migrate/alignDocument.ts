// An old document with every value where the run has it: before and after can then be read side by side.
import type { Json } from '../../schema/json.ts'
import { parseJson } from '../../schema/parseJson.ts'
import { nameSteps } from './stepNames.ts'

type Fields = { readonly [key: string]: Json }
type Places = ReadonlyMap<string, string>

/** [M17] Values and words stay the old ones; only their places are those of the run. The text is of version 1 or 2. */
export function alignDocument(text: string): Json {
  const document = parseJson(text) as Json // JSON, which its schema took
  if (!isObject(document)) return document
  const { states, steps, ...fields } = document
  const listed = isObject(states) ? Object.entries(states) : idsOf(steps)
  const { ids } = nameSteps(listed.map(([name]) => name))
  const aligned = listed.map(([, step], index) => [ids[index], alignStep(step)] as const)
  const workflow = placed(fields, workflowPlaces)
  const rest = Object.entries(fields).filter(([key]) => !isPlaced(key))
  return {
    ...placed(fields, runPlaces),
    ...(Object.keys(workflow).length === 0 ? {} : { workflow }),
    steps: Object.fromEntries(aligned),
    ...(rest.length === 0 ? {} : { migratedFrom: { fields: Object.fromEntries(rest) } }),
  }
}

const runPlaces: Places = new Map([
  ['version', 'version'],
  ['workflow_id', 'id'],
  ['status', 'status'],
  ['started_at', 'startedAt'],
  ['updated_at', 'updatedAt'],
  ['completed_at', 'finishedAt'],
  ['inputs', 'inputs'],
  ['variables', 'variables'],
  ['checkpoints', 'checkpoints'],
  ['checksum', 'checksum'],
])

const workflowPlaces: Places = new Map([
  ['workflow_name', 'name'],
  ['workflow_version', 'version'],
])

const stepPlaces: Places = new Map([
  ['status', 'status'],
  ['output', 'output'],
  ['result', 'output'],
])

/** What the old versions say of a step they say of its last attempt. */
const attemptPlaces: Places = new Map([
  ['attempt', 'number'],
  ['attempts', 'number'],
  ['started_at', 'startedAt'],
  ['completed_at', 'finishedAt'],
  ['error', 'error'],
  ['exit_code', 'exitCode'],
])

function isPlaced(key: string): boolean {
  return runPlaces.has(key) || workflowPlaces.has(key)
}

function alignStep(step: Json): Json {
  if (!isObject(step)) return step
  const { attempts, attempt = attempts } = step
  const last = { ...placed(step, attemptPlaces), number: attempt ?? 1 }
  const isTried = attempt === undefined ? step['status'] !== 'pending' : attempt !== 0
  const rest = Object.entries(step).filter(
    ([key]) => !stepPlaces.has(key) && !attemptPlaces.has(key),
  )
  return {
    ...placed(step, stepPlaces),
    attempts: isTried ? [last] : [],
    ...(rest.length === 0 ? {} : { migratedFrom: Object.fromEntries(rest) }),
  }
}

function idsOf(steps: Json | undefined): readonly (readonly [string, Json])[] {
  if (!Array.isArray(steps)) return []
  return steps.map((step: Json) => {
    const { id, ...fields } = isObject(step) ? step : {}
    return [typeof id === 'string' ? id : '', fields]
  })
}

/** The fields that have a place, under its name. */
function placed(fields: Fields, places: Places): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const place = places.get(key)
      return place === undefined ? [] : [[place, value] as const]
    }),
  )
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
