import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { SettingsAction } from '../../../shared/contract/settings.ts'
import { readSettingsText } from '../../../shared/core/settings/readSettings.ts'
import { settingPlace } from '../../../shared/core/settings/settingRows.ts'
import { settingsJsonSchema } from '../../../shared/core/settings/settingsJsonSchema.ts'
import { unknownKeySentence } from '../../../shared/core/settings/changeSettings.ts'
import { writtenValue } from '../../../shared/core/settings/writtenValue.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeSettings, describeSettingsPlan, findingLine } from '../describe/settings.ts'
import { exits } from '../exitCodes.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { verbOf } from '../values.ts'

const verbs = [
  'list',
  'get',
  'set',
  'unset',
  'try',
  'check',
  'schema',
  'migrate',
  'import',
  'restore',
  'undo',
] as const
type Verb = (typeof verbs)[number]
type Context = CommandContext<typeof planOrApply>

export const settingsCommand = defineCommand({
  name: 'settings',
  usage:
    '[list | get KEY | set KEY VALUE… | unset KEY | try KEY SAMPLE | check [FILE] | schema | migrate | import | restore | undo]',
  summary: 'Show and change the settings of this folder: what holds, and who says so.',
  details: [
    'set and unset write unstuck.json at once, with a backup (--plan only shows it); undo takes the last change back.',
    'migrate brings an older version of the file to this one, import takes the settings of tapps-agents, and restore puts back the text that was in force last: each shows its plan, and does it with --apply.',
    'A file that is running under is read again when it changes: nothing has to be restarted.',
  ],
  positionals: { min: 0, max: 100 },
  options: planOrApply,
  examples: [
    'unstuck settings',
    'unstuck settings set checkpoint.frequency every_n_steps',
    'unstuck settings set redaction.keys pin "card*"',
    'unstuck settings migrate --apply',
  ],
  run: async (context) => {
    const [first = 'list', ...rest] = context.positionals
    const verb = verbOf(first, verbs, 'settings')
    requireCount(verb, rest)
    switch (verb) {
      case 'list':
        return list(context)
      case 'get':
        return get(context, rest[0] ?? '')
      case 'set':
        return change(context, [
          { key: rest[0] ?? '', json: written(rest[0] ?? '', rest.slice(1)) },
        ])
      case 'unset':
        return change(context, [{ key: rest[0] ?? '', json: null }])
      case 'try':
        return tryPatterns(context, rest[0] ?? '', rest[1] ?? '')
      case 'check':
        return check(context, rest[0] ?? null)
      case 'schema': {
        const schema = settingsJsonSchema()
        return {
          output: schema,
          lines: JSON.stringify(schema, null, 2).split('\n'),
          exit: exits.done,
        }
      }
      case 'undo':
        return undo(context)
      default:
        return showOrDo(context, { kind: verb }, wantsApply(context.options))
    }
  },
})

function requireCount(verb: Verb, { length }: readonly string[]): void {
  const [least, most] = counts[verb]
  if (length >= least && length <= most) return
  throw new AppError('invalid-input', `Use: unstuck settings ${verb}${usages[verb] ?? ''}`)
}

const none = [0, 0] as const
const counts: Readonly<Record<Verb, readonly [number, number]>> = {
  list: none,
  get: [1, 1],
  set: [2, 99],
  unset: [1, 1],
  try: [2, 2],
  check: [0, 1],
  schema: none,
  migrate: none,
  import: none,
  restore: none,
  undo: none,
}
const usages: { readonly [verb in Verb]?: string } = {
  get: ' KEY',
  set: ' KEY VALUE…',
  unset: ' KEY',
  try: ' KEY SAMPLE',
  check: ' [FILE]',
}

async function list(context: Context): Promise<Outcome> {
  const output = await (await context.client()).call('settings.get', {}, context)
  return { output, lines: describeSettings(output, context.paint), exit: exits.done }
}

async function get(context: Context, key: string): Promise<Outcome> {
  const place = settingPlace(key)
  if (place === null) throw new AppError('invalid-input', unknownKeySentence(key))
  const { settings } = await (await context.client()).call('settings.get', {}, context)
  const state = settings.find((one) => one.key === place.row.key)
  if (state === undefined) throw new AppError('not-found', unknownKeySentence(key))
  const engine = place.path.slice(place.row.key.split('.').length)[0]
  const text = engine === undefined ? state.value.text : partOf(state.value, engine)
  return { output: state, lines: [text], exit: exits.done }
}

function partOf({ text, isCut }: { readonly text: string; readonly isCut: boolean }, key: string) {
  if (isCut)
    throw new AppError(
      'invalid-input',
      'It is too long to be shown by its part: read unstuck.json.',
    )
  const value: unknown = JSON.parse(text)
  const part: unknown = Object.hasOwn(Object(value), key) ? Object(value)[key] : null
  return JSON.stringify(part)
}

function written(key: string, texts: readonly string[]): string {
  const place = settingPlace(key)
  if (place === null && key.startsWith('/')) return texts.join(' ')
  if (place === null) throw new AppError('invalid-input', unknownKeySentence(key))
  return writtenValue(place, texts)
}

function change(
  context: Context,
  changes: (SettingsAction & { kind: 'set' })['changes'],
): Promise<Outcome> {
  if (context.options.plan) wantsApply(context.options)
  return showOrDo(context, { kind: 'set', changes }, !context.options.plan)
}

async function showOrDo(
  context: Context,
  action: SettingsAction,
  isDone: boolean,
): Promise<Outcome> {
  const client = await context.client()
  const planned = await client.call('settings.plan', { action }, context)
  const { plan, ...approval } = planned
  const lines = describeSettingsPlan(plan)
  if (!plan.ready) return { output: planned, lines, exit: exits.notReady }
  if (!isDone)
    return {
      output: planned,
      lines: [...lines, '', 'Do it: the same command with --apply'],
      exit: exits.done,
    }
  const output = await client.call('settings.apply', { action, ...approval }, context)
  const line = output.observed
    ? 'unstuck.json was written, and read back. Take it back: unstuck settings undo'
    : 'unstuck.json was written, and changed at once. Look at it again.'
  return { output, lines: [...lines, '', line], exit: output.observed ? exits.done : exits.notSeen }
}

/** Whether a sample would be masked by the patterns that are in force. */
async function tryPatterns(context: Context, key: string, sample: string): Promise<Outcome> {
  const kind = settingPlace(key)?.row.kind
  if (kind?.kind !== 'patterns')
    throw new AppError(
      'invalid-input',
      'Tried are redaction.keys, redaction.values and redaction.paths.',
    )
  const client = await context.client()
  const { settings } = await client.call('settings.get', {}, context)
  const state = settings.find((one) => one.key === key)
  const value: unknown = JSON.parse(state?.value.text ?? '[]')
  const patterns = Array.isArray(value) ? value.map(String) : []
  const output = await client.call('settings.try', { of: kind.of, patterns, sample }, context)
  const taken = patterns.filter((_, index) => output.ends[index] === 'pattern')
  const line = output.ends.includes('built-in')
    ? 'It is masked without any pattern.'
    : taken.length === 0
      ? 'It is not masked.'
      : `It is masked by ${taken.join(', ')}.`
  return { output, lines: [printable(line)], exit: exits.done }
}

/** A file anywhere is only read; the settings of the folder are those that are in force. */
async function check(context: Context, file: string | null): Promise<Outcome> {
  const name = file ?? 'unstuck.json'
  const findings =
    file === null
      ? (await (await context.client()).call('settings.get', {}, context)).findings
      : await findingsOf(resolve(context.cwd, file))
  const found = findings.map((finding) => findingLine(finding, name))
  const sum =
    findings.length === 0 ? `${name} can be used.` : `${count(findings.length, 'problem')}.`
  const exit = findings.length === 0 ? exits.done : exits.notReady
  return { output: { findings }, lines: [...found, sum], exit }
}

async function findingsOf(file: string): Promise<CallOutput<'settings.get'>['findings']> {
  const reading = readSettingsText(await textOf(file))
  return reading.kind === 'ok' ? [] : [...reading.findings]
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(file))
  } catch (error) {
    throw new AppError('not-found', `${file} cannot be read.`, {}, { cause: error })
  }
}

async function undo(context: Context): Promise<Outcome> {
  const client = await context.client()
  const { id: workspace } = await client.call('workspace.get', {}, context)
  const ref = { workspace, format: 'unknown', document: 'unstuck.json', item: null } as const
  const output = await client.call('document.undo', { ref }, context)
  const line = output.observed
    ? 'The last change of unstuck.json was taken back, and read back.'
    : 'Requested: look at unstuck.json again.'
  return { output, lines: [line], exit: output.observed ? exits.done : exits.notSeen }
}
