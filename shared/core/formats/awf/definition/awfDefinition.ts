// This room reads AWF's own definitions (YAML) as far as a run of ours can be made of them.
import { parseDocument } from 'yaml'

/** A definition as far as it is understood; what is not stands in `problems`, by name. */
export type AwfDefinition = {
  readonly name: string
  readonly version: string | null
  readonly initial: string
  readonly inputs: readonly { readonly name: string; readonly default: unknown }[]
  readonly states: ReadonlyMap<string, AwfStateDefinition>
  /** Names of variables of the environment that it asks for. */
  readonly environment: readonly string[]
  readonly problems: readonly string[]
}

/** One state, with its fields as they are written. */
export type AwfStateDefinition = {
  readonly name: string
  readonly type: string
  readonly onSuccess: string | null
  readonly onFailure: string | null
  readonly transitions: readonly { readonly when: string | null; readonly goto: string }[]
  readonly continueOnError: boolean
  readonly branches: readonly string[]
  readonly fields: Fields
}

export type Fields = { readonly [key: string]: unknown }

/** Never throws: what cannot be read is a problem. */
export function awfDefinition(text: string): AwfDefinition {
  const read = readYaml(text)
  if (typeof read === 'string') return broken(read)
  const states = fieldsOf(read['states'])
  if (states === null) return broken('The definition has no `states`.')
  const initial = textOf(states['initial'])
  const rows = Object.entries(states).filter(([name]) => name !== 'initial')
  const stated = rows.flatMap(([name, value]) => {
    const fields = fieldsOf(value)
    return fields === null ? [] : statesOf(name, fields)
  })
  const known = new Map(stated.map((state) => [state.name, state]))
  return {
    name: textOf(read['name']) ?? '',
    version: textOf(read['version']),
    initial: initial ?? '',
    inputs: inputsOf(read['inputs']),
    states: known,
    environment: listOf(read['env']).flatMap((name) => textOf(name) ?? []),
    problems: [
      ...(initial === null || !known.has(initial)
        ? ['The definition has no state that it begins with (`states.initial`).']
        : []),
      ...rows
        .filter(([, value]) => fieldsOf(value) === null)
        .map(([name]) => `The state ${name} is no object.`),
      ...(hasCommands(read['hooks']) ? ['The workflow has `hooks` that run commands.'] : []),
    ],
  }
}

function broken(problem: string): AwfDefinition {
  return {
    name: '',
    version: null,
    initial: '',
    inputs: [],
    states: new Map(),
    environment: [],
    problems: [problem],
  }
}

/** The object that the text holds, or why there is none. */
function readYaml(text: string): Fields | string {
  const document = parseDocument(text, { intAsBigInt: true })
  const [flaw] = document.errors
  if (flaw !== undefined) return `The definition is no YAML: ${flaw.message.split('\n')[0]}`
  try {
    return fieldsOf(document.toJS({ maxAliasCount: 100 })) ?? 'The definition is no object.'
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return `The definition cannot be resolved: ${error.message}`
  }
}

/** The state, and the end that an inline `on_failure` stands for, under the name that AWF gives it. */
function statesOf(name: string, fields: Fields): readonly AwfStateDefinition[] {
  const inline = fieldsOf(fields['on_failure'])
  const end = `__inline_error_${name}`
  const state: AwfStateDefinition = {
    name,
    type: (textOf(fields['type']) ?? '').toLowerCase(),
    onSuccess: textOf(fields['on_success']),
    onFailure: inline === null ? textOf(fields['on_failure']) : end,
    transitions: listOf(fields['transitions']).flatMap((row) => {
      const goto = textOf(fieldsOf(row)?.['goto'])
      return goto === null ? [] : [{ when: textOf(fieldsOf(row)?.['when']), goto }]
    }),
    continueOnError: fields['continue_on_error'] === true,
    branches: listOf(fields['parallel']).flatMap((branch) => textOf(branch) ?? []),
    fields,
  }
  if (inline === null) return [state]
  const { status: exitCode, ...said } = inline
  const ending = { type: 'terminal', status: 'failure', exitCode, ...said }
  return [state, ...statesOf(end, { ...ending, on_failure: null })]
}

function inputsOf(value: unknown): AwfDefinition['inputs'] {
  return listOf(value).flatMap((row) => {
    const fields = fieldsOf(row)
    const name = textOf(fields?.['name'])
    return name === null ? [] : [{ name, default: fields?.['default'] ?? null }]
  })
}

/** True when any hook in it runs a command; one that only writes a line to the log changes nothing. */
export function hasCommands(hooks: unknown): boolean {
  return Object.values(fieldsOf(hooks) ?? {}).some((rows) =>
    listOf(rows).some((row) => (textOf(fieldsOf(row)?.['command']) ?? '') !== ''),
  )
}

export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return value as Fields // an object of YAML, whose keys are texts
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text, or a number or a truth value as YAML has it in a field of text; null for anything else and for nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null
}
