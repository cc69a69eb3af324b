// An old document with every value where the run has it: before and after can then be read side by side.
import type { Json } from '../../schema/json.ts'
import { parseJson } from '../../schema/parseJson.ts'
import { nameSteps } from './stepNames.ts'

type Fields = { readonly [key: string]: Json }

/** [M17] Values and words stay the old ones; only their places are those of the run. The text is of version 1 or 2. */
export function alignDocument(text: string): Json {
  const document = parseJson(text) as Json // JSON, which its schema took
  if (!isObject(document)) return document
  const { workflow_name: name, workflow_version: version, ...others } = document
  const workflow = {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
  }
  const { states, steps, ...fields } = renamed(others, runKeys)
  return {
    ...fields,
    ...(Object.keys(workflow).length === 0 ? {} : { workflow }),
    steps: alignSteps(isObject(states) ? Object.entries(states) : listed(steps)),
  }
}

const runKeys: { readonly [old: string]: string } = {
  workflow_id: 'id',
  started_at: 'startedAt',
  updated_at: 'updatedAt',
  completed_at: 'finishedAt',
}

const stepKeys: { readonly [old: string]: string } = { result: 'output', attempt: 'attempts' }

function listed(steps: Json | undefined): readonly (readonly [string, Json])[] {
  if (!Array.isArray(steps)) return []
  return steps.map((step: Json) => {
    const { id = '', ...fields } = isObject(step) ? step : {}
    return [String(id), fields]
  })
}

function alignSteps(steps: readonly (readonly [string, Json])[]): Json {
  const { ids } = nameSteps(steps.map(([name]) => name))
  return Object.fromEntries(
    steps.map(([, step], index) => [ids[index], isObject(step) ? renamed(step, stepKeys) : step]),
  )
}

function renamed(fields: Fields, names: { readonly [old: string]: string }): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      Object.hasOwn(names, key) ? (names[key] ?? key) : key,
      value,
    ]),
  )
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
