// What is wrong with the settings of a text: each thing with its place, what was expected and what was found, all of them at once.
import type { z } from 'zod'
import { nearest } from '../../schema/nearest.ts'
import { pointer } from '../../schema/pointer.ts'
import { Settings } from '../../schema/settings.ts'
import { Settings0 } from '../../schema/versions/settings0.ts'
import type { SettingsFinding } from '../../schema/settingsFinding.ts'
import { locate } from '../codec/locate.ts'
import { nodeAt, stringOf, type TextNode } from '../formats/text/parseText.ts'
import { compileRules } from '../secrets/compileRules.ts'
import { maskValue } from '../secrets/maskSecrets.ts'
import { expectedOf, settingPlace, settingRows } from './settingRows.ts'

export const settingsFile = 'unstuck.json'

export type SettingsText = { readonly text: string; readonly root: TextNode }
type Path = readonly string[]

/** Of what the schema refuses. */
export function schemaFindings(
  from: SettingsText,
  error: z.ZodError,
  version: 0 | 1,
): readonly SettingsFinding[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(from, [...path, key], knownKeys(path, version)))
    return [findingAt(from, path, expectedAt(path, issue))]
  })
}

/** Of patterns that nothing could be compared with. */
export function patternFindings(from: SettingsText): readonly SettingsFinding[] {
  return settingRows.flatMap(({ kind, key }) => {
    const path = key.split('.')
    const node = nodeAt(from.root, path)
    if (kind.kind !== 'patterns' || node?.kind !== 'array') return []
    return node.items.flatMap((item, index) => {
      const pattern = stringOf(item)
      const problem = pattern === null ? null : patternProblem(kind.of, pattern)
      return problem === null ? [] : [findingAt(from, [...path, String(index)], problem)]
    })
  })
}

/** What is wrong with a pattern, in words that follow what was expected; null: it can be used. */
function patternProblem(of: keyof Settings['redaction'], pattern: string): string | null {
  const none = { keys: [], values: [], paths: [] }
  const [problem] = compileRules({ ...none, [of]: [pattern] }).problems
  if (problem === undefined) return null
  const { sentence } = problem
  const why = `${sentence[0]?.toLowerCase() ?? ''}${sentence.slice(1)}`.replace(/\.$/, '')
  return `${patternWords[of]}: ${why}`
}

const patternWords = {
  keys: 'the name of a key, with * for any letters',
  values: 'a regular expression (RE2)',
  paths: 'a path of the state',
} as const

export function findingAt(from: SettingsText, path: Path, expected: string): SettingsFinding {
  const node = nodeAt(from.root, path)
  // What is missing is missing where it should stand.
  const shown = node ?? nodeAt(from.root, path.slice(0, -1))
  const { line, column } = locate(from.text, shown?.start ?? 0)
  const found = node === null ? 'nothing' : shownFound(path, from.text.slice(node.start, node.end))
  return { source: settingsFile, pointer: pointer(...path), line, column, expected, found }
}

/** Cut, and with what may be a secret masked. */
export function shownFound(path: Path, json: string): string {
  const masked = maskValue(pointer(...path), json.slice(0, 2 * longest)).replaceAll(/\s+/g, ' ')
  return masked.length <= longest ? masked : `${masked.slice(0, longest)}…`
}

const longest = 80

function unknownKey(from: SettingsText, path: Path, known: readonly string[]): SettingsFinding {
  const key = path.at(-1) ?? ''
  const meant = nearest(key, known)
  const elsewhere = settingRows.find((row) => row.key.endsWith(`.${key}`))?.key ?? null
  const hint =
    meant !== null ? `; "${meant}" is like it` : elsewhere === null ? '' : `; there is ${elsewhere}`
  const found = findingAt(from, path, `one of the keys ${known.join(', ')}${hint}`)
  const holder = nodeAt(from.root, path.slice(0, -1))
  const written =
    holder?.kind === 'object' ? holder.members.find((one) => one.key === key) : undefined
  const place = written === undefined ? {} : locate(from.text, written.keyStart)
  return { ...found, ...place, found: `the key ${JSON.stringify(key)}` }
}

/** What may stand at a path of the schema. */
function knownKeys(path: Path, version: 0 | 1): readonly string[] {
  if (version === 0) return Object.keys(Settings0.shape)
  let type: unknown = Settings
  for (const part of path) type = inner(type, part)
  return Object.keys(Object(plain(type)).shape ?? {}).filter((key) => key !== '$schema')
}

function inner(type: unknown, part: string): unknown {
  const holder = plain(type)
  const { shape, element, valueType } = Object(holder)
  return Object(shape)[part] ?? element ?? valueType
}

/** Without its default. */
function plain(type: unknown): unknown {
  let current: unknown = type
  while (typeof Object(current).unwrap === 'function') {
    const next: unknown = Object(current).unwrap()
    // An array unwraps to its items.
    if (Object(current).element !== undefined) return current
    current = next
  }
  return current
}

function expectedAt(path: Path, issue: z.core.$ZodIssue): string {
  const place = settingPlace(path.join('.'))
  const isCommand = place !== null && place.row.kind.kind === 'commands' && place.path.length > 2
  if (isCommand) return 'a command line'
  if (place !== null && place.row.kind.kind !== 'json') return expectedOf(place.row)
  return expectedBy(issue)
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords.get(issue.expected) ?? issue.expected
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'array' ? ' items' : ''}`
    default:
      return issue.message
  }
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['object', 'an object'],
  ['record', 'an object'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
])

/** `/checkpoint/interval (line 3, column 17): expected a whole number, found "often"` */
export function findingSentence(finding: SettingsFinding): string {
  const { source, pointer: place, line, column, expected, found } = finding
  if (place === null) return `${source}: expected ${expected}, found ${found}`
  const where = line === null ? '' : ` (line ${line}, column ${column})`
  return `${place === '' ? 'the document' : place}${where}: expected ${expected}, found ${found}`
}
