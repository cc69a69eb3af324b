import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { fieldsOf, type FormField } from '../../shared/core/form/fieldsOf.ts'
import { readValue } from '../../shared/core/form/readValue.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import { RecordedDefinition } from '../../shared/schema/workflow.ts'
import { keyValue } from './values.ts'

/**
 * Inputs as they were given on the command line, each read by the type that the workflow says. `@file` stands for what the file
 * holds, `@@` for an `@` at the beginning.
 */
export async function inputValues(
  client: Client,
  pairs: readonly string[],
  options: { readonly definition: string; readonly cwd: string },
): Promise<Record<string, Json>> {
  if (pairs.length === 0) return {}
  const given = givenValues(pairs)
  const { fields, problems } = await client.call('workflow.read', {
    definition: options.definition,
  })
  // A definition with problems is refused when it is started, with all of them.
  if (problems.length > 0) return {}
  return readInputs(fields, given, options)
}

/** The same for a run that goes on: by the types that its recorded definition says. */
export async function editedInputs(
  client: Client,
  pairs: readonly string[],
  options: { readonly ref: Ref; readonly cwd: string },
): Promise<Record<string, Json>> {
  const given = givenValues(pairs)
  return readInputs(await recordedFields(client, options.ref), given, options)
}

/** None of a run without a definition, or with very many inputs: values are then read without their types. */
async function recordedFields(client: Client, ref: Ref): Promise<readonly FormField[]> {
  try {
    const pointer = '/workflow/definition/inputs'
    const { text, nextOffset } = await client.call('state.value', { ref, pointer, limitBytes })
    if (nextOffset !== null) return []
    return fieldsOf(RecordedDefinition.shape.inputs.safeParse(JSON.parse(text)).data)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return []
    throw error
  }
}

const limitBytes = 262_144

type Given = readonly (readonly [name: string, text: string])[]

function givenValues(pairs: readonly string[]): Given {
  return pairs.map((pair) => keyValue(pair, 'input'))
}

async function readInputs(
  fields: readonly FormField[],
  given: Given,
  { cwd }: { readonly cwd: string },
): Promise<Record<string, Json>> {
  const entries: (readonly [string, Json])[] = []
  for (const [name, value] of given) {
    const text = await textOf(value, { option: `--input ${name}`, name, cwd })
    const field = fields.find((one) => one.name === name) ?? untyped(name)
    const read = readValue(field, text)
    if ('problem' in read) throw new AppError('invalid-input', `--input ${read.problem}`)
    entries.push([name, read.value])
  }
  return Object.fromEntries(entries)
}

/** A name that the workflow does not have is refused by whoever starts it. */
function untyped(name: string): FormField {
  return { name, field: null, default: null }
}

/** Throws `not-found` or `io` for a file that cannot be read. */
export async function textOf(
  given: string,
  { option, name, cwd }: { readonly option: string; readonly name: string; readonly cwd: string },
): Promise<string> {
  if (!given.startsWith('@')) return given
  if (given.startsWith('@@')) return given.slice(1)
  const path = given.slice(1)
  try {
    return (await readFile(resolve(cwd, path), 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const hint = `Write ${name}=@${given} for a text that begins with @.`
    const message =
      code === 'ENOENT'
        ? `${option}: there is no file ${path}. ${hint}`
        : `${option}: ${path} cannot be read (${code}).`
    throw new AppError(code === 'ENOENT' ? 'not-found' : 'io', message, {}, { cause: error })
  }
}
