import { Edit } from '../../shared/core/edit/edit.ts'
import { scanJson } from '../../shared/core/codec/scanJson.ts'
import { AppError } from '../../shared/errors.ts'
import type { OptionTable, OptionValues } from './command.ts'
import { textOf } from './inputValues.ts'
import { keyValue } from './values.ts'

const many = { type: 'string', multiple: true } as const

export const editOptions = {
  set: { ...many, value: 'PATH=VALUE', help: 'a value of inputs, variables or an output' },
  add: { ...many, value: 'PATH=VALUE', help: 'a new key, or an item before this index (-: last)' },
  rename: { ...many, value: 'PATH=NAME', help: 'the last key of the path becomes NAME' },
  remove: { ...many, value: 'PATH', help: 'takes a key or an item away' },
  succeed: { ...many, value: 'STEP[=VALUE]', help: 'the step succeeded, with this output (null)' },
  fail: { ...many, value: 'STEP[=MESSAGE]', help: 'the step failed' },
  skip: { ...many, value: 'STEP', help: 'the step is passed over' },
  reset: { ...many, value: 'STEP', help: 'the step begins anew, with all that depends on it' },
  'keep-dependents': { type: 'boolean', help: 'with --reset: only the steps that are named' },
} as const satisfies OptionTable

/** The edits that the options ask for: values first, then steps. */
export async function editsOf(
  options: OptionValues<typeof editOptions>,
  cwd: string,
): Promise<readonly Edit[]> {
  const dependents = !options['keep-dependents']
  const edits: unknown[] = [
    ...(await Promise.all(options.set.map((pair) => valued('set', pair, cwd)))),
    ...(await Promise.all(options.add.map((pair) => valued('add', pair, cwd)))),
    ...options.rename.map((pair) => {
      const [path, name] = keyValue(pair, 'rename')
      return { kind: 'rename', path, name }
    }),
    ...options.remove.map((path) => ({ kind: 'remove', path })),
    ...(await Promise.all(options.succeed.map((text) => succeeded(text, cwd)))),
    ...options.fail.map((text) => {
      const [step, message] = split(text)
      return { kind: 'fail', step, message: message ?? 'Marked failed by a person.' }
    }),
    ...options.skip.map((step) => ({ kind: 'skip', step })),
    ...options.reset.map((step) => ({ kind: 'reset', step, dependents })),
  ]
  if (edits.length === 0)
    throw new AppError('invalid-input', 'Say what to edit, such as --set /inputs/amount=42.')
  return edits.map(checked)
}

async function valued(kind: 'set' | 'add', pair: string, cwd: string) {
  const [path, given] = keyValue(pair, kind)
  return { kind, path, json: await jsonOf(given, { option: `--${kind} ${path}`, name: path, cwd }) }
}

async function succeeded(text: string, cwd: string) {
  const [step, given = 'null'] = split(text)
  return {
    kind: 'succeed',
    step,
    json: await jsonOf(given, { option: `--succeed ${step}`, name: step, cwd }),
  }
}

/** JSON as it stands, because a number may have more digits than this program keeps; anything else is a text. */
async function jsonOf(given: string, from: Parameters<typeof textOf>[1]): Promise<string> {
  const text = await textOf(given, from)
  return scanJson(text) === null ? text : JSON.stringify(text)
}

function split(text: string): readonly [step: string, rest: string | undefined] {
  const at = text.indexOf('=')
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function checked(edit: unknown): Edit {
  const parsed = Edit.safeParse(edit)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError(
    'invalid-input',
    `${issue?.path.join('.') ?? 'edit'}: ${issue?.message ?? 'it does not fit'}.`,
  )
}
