// An old document with every value where the run has it: before and after can then be read side by side.
import type { Json } from '../../schema/json.ts'
import { parseJson } from '../../schema/parseJson.ts'
import { nameSteps } from './stepNames.ts'

type Fields = { readonly [key: string]: Json }
type Places = ReadonlyMap<string, string>

type FirstDocument = Fields & { readonly states: { readonly [name: string]: Fields } }
type SecondDocument = Fields & { readonly steps: readonly (Fields & { readonly id: string })[] }

/** [M17] Values and words stay the old ones; only their places are those of the run. `from`: the version of the text. */
export function alignDocument(text: string, from: number): Json {
  const { listed, fields } = from === 2 ? second(parseJson(text)) : first(parseJson(text))
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

type Listed = {
  readonly listed: readonly (readonly [string, Fields])[]
  readonly fields: Fields
}

function first(document: unknown): Listed {
  const { states, ...fields } = document as FirstDocument // its schema took it
  return { listed: Object.entries(states), fields }
}

function second(document: unknown): Listed {
  const { steps, ...fields } = document as SecondDocument // its schema took it
  return { listed: steps.map(({ id, ...step }) => [id, step]), fields }
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

function alignStep(step: Fields): Json {
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

/** The fields that have a place, under its name. */
function placed(fields: Fields, places: Places): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const place = places.get(key)
      return place === undefined ? [] : [[place, value] as const]
    }),
  )
}
