// Where in the state stands what a record of the journal carries: a path of the settings means both.
import { ownValue, type Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'

/** By pointer in the record, the place in the run. */
export function recordMeanings(record: Json): ReadonlyMap<string, readonly string[]> {
  const step = textAt(record, 'step')
  const ofStep: readonly (readonly [string, readonly string[]])[] =
    step === null
      ? []
      : [
          ['/output', ['steps', step, 'output']],
          ['/values', ['steps', step, 'output']],
          ['/error', ['steps', step, 'error']],
          ['/waitingOn', ['steps', step, 'waitingOn']],
          ...listAt(record, 'items').map(
            (_, index) => [`/items/${index}`, ['steps', `${step}[${index}]`, 'item']] as const,
          ),
        ]
  const type = textAt(record, 'type')
  return new Map<string, readonly string[]>([
    ...ofStep,
    ['/run', []],
    ...(type === 'runResumed' ? ([['/definition', ['workflow']]] as const) : []),
    ...(type === 'variableSet'
      ? ([['/value', ['variables', textAt(record, 'name') ?? '']]] as const)
      : []),
    ...listAt(record, 'set').map(
      (one, index) => [`/set/${index}/value`, ['variables', textAt(one, 'name') ?? '']] as const,
    ),
    ...prefixed('/patch', patchMeanings(listAt(record, 'patch'))),
  ])
}

/** The same of an RFC 6902 patch of the run. */
export function patchMeanings(patch: readonly Json[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    patch.map((one, index) => [`/${index}/value`, tokensOf(textAt(one, 'path') ?? '')] as const),
  )
}

function prefixed(prefix: string, meanings: ReadonlyMap<string, readonly string[]>) {
  return [...meanings].map(([at, state]) => [`${prefix}${at}`, state] as const)
}

function textAt(value: Json, key: string): string | null {
  const found = fieldAt(value, key)
  return typeof found === 'string' ? found : null
}

function listAt(value: Json, key: string): readonly Json[] {
  const found = fieldAt(value, key)
  return Array.isArray(found) ? found : []
}

function fieldAt(value: Json, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return ownValue(value as { readonly [key: string]: Json }, key) // neither a list nor null
}
