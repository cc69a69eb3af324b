import { parseArgs } from 'node:util'
import { AppError } from '../../shared/errors.ts'
import type { Command, OptionTable } from './command.ts'
import { nearest } from './nearest.ts'

export const globalOptions = {
  workspace: {
    type: 'string',
    value: 'DIR',
    help: 'the folder of state (UNSTUCK_STATE_DIR, else the current folder)',
  },
  json: { type: 'boolean', help: 'print one JSON document, errors too' },
  trust: { type: 'boolean', help: 'trust the folder: its steps may be executed' },
  help: { type: 'boolean', short: 'h', help: 'show help, of a command too' },
  version: { type: 'boolean', help: 'show the version' },
} as const satisfies OptionTable

export type Parsed = {
  /** Null when none was named. */
  readonly command: Command | null
  readonly positionals: readonly string[]
  /** By the tables of the command and of the global options: a boolean, a text, or a list. */
  readonly values: { readonly [name: string]: unknown }
}

/** Throws `invalid-input` for whatever is unknown, with what was most likely meant. */
export function parse(argv: readonly string[], commands: readonly Command[]): Parsed {
  const name = firstWord(argv)
  const command = name === null ? null : findCommand(name, commands)
  const table: OptionTable = { ...globalOptions, ...command?.options }
  const { values, positionals } = parseStrictly(argv, table)
  const words = command ? positionals.slice(1) : positionals
  if (command && !values['help']) requireCount(words, command)
  return { command, positionals: words, values: withDefaults(values, table) }
}

function firstWord(argv: readonly string[]): string | null {
  const options = nodeOptions(globalOptions)
  const { positionals } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
  })
  return positionals[0] ?? null
}

function findCommand(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name)
  if (found) return found
  const names = commands.map((command) => command.name)
  throw new AppError('invalid-input', `There is no command "${name}". ${meant('', name, names)}`)
}

type Values = { readonly [name: string]: unknown }

function parseStrictly(
  argv: readonly string[],
  table: OptionTable,
): { readonly values: Values; readonly positionals: readonly string[] } {
  const options = nodeOptions(table)
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw unknownOption(argv, table) ?? wrongValue(error)
  }
}

/** Node says which option is wrong in a sentence only, so it is looked for again. */
function unknownOption(argv: readonly string[], table: OptionTable): AppError | null {
  const { tokens } = parseArgs({
    args: [...argv],
    options: nodeOptions(table),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const unknown = tokens.find(
    (token) => token.kind === 'option' && !Object.hasOwn(table, token.name),
  )
  if (unknown?.kind !== 'option') return null
  const hint = meant('--', unknown.name, Object.keys(table))
  return new AppError('invalid-input', `There is no option ${unknown.rawName} here. ${hint}`)
}

function wrongValue(error: TypeError): AppError {
  const [sentence = 'The options do not fit.'] = error.message.split('\n')
  return new AppError('invalid-input', sentence, {}, { cause: error })
}

function meant(prefix: string, given: string, names: readonly string[]): string {
  const best = nearest(given, names)
  return best === null ? 'See --help.' : `Did you mean ${prefix}${best}?`
}

function nodeOptions(table: OptionTable): NonNullable<Parameters<typeof parseArgs>[0]>['options'] {
  return Object.fromEntries(
    Object.entries(table).map(([name, { type, multiple, short }]) => [
      name,
      { type, ...(multiple ? { multiple } : {}), ...(short === undefined ? {} : { short }) },
    ]),
  )
}

function withDefaults(values: Values, table: OptionTable): Values {
  return Object.fromEntries(
    Object.entries(table).map(([name, { type, multiple }]) => [
      name,
      values[name] ?? (type === 'boolean' ? false : multiple ? [] : undefined),
    ]),
  )
}

function requireCount(words: readonly string[], { name, usage, positionals }: Command): void {
  const { min, max } = positionals
  if (words.length >= min && words.length <= max) return
  const problem = words.length < min ? 'Something is missing' : `"${words[max] ?? ''}" is too much`
  throw new AppError('invalid-input', `${problem}. Use: unstuck ${name} ${usage}`.trimEnd())
}
