// The text of `unstuck.json`, of any version that is known, as settings: usable as a whole, or with everything that is wrong.
import { ownValue, type Json } from '../../schema/json.ts'
import { parseJson } from '../../schema/parseJson.ts'
import { Settings } from '../../schema/settings.ts'
import type { SettingsFinding } from '../../schema/settingsFinding.ts'
import { Settings0 } from '../../schema/versions/settings0.ts'
import { locate } from '../codec/locate.ts'
import { member, nodeAt, numberOf, parseText } from '../formats/text/parseText.ts'
import { settingRows } from './settingRows.ts'
import {
  findingAt,
  patternFindings,
  schemaFindings,
  settingsFile,
  type SettingsText,
} from './settingsFindings.ts'
import { step0to1, type MovedSetting } from './step0to1.ts'

export const settingsVersion = 1

/** What a text says of a key, as it stands there. */
export type SaidSetting = {
  readonly json: string
  readonly line: number
  readonly column: number
  /** The key of an older version that says it. */
  readonly oldKey: string | null
}

export type UsableSettings = {
  readonly kind: 'ok'
  readonly version: 0 | 1
  readonly value: Settings
  readonly said: ReadonlyMap<string, SaidSetting>
  /** Of an older version: what each of its keys is now. */
  readonly moved: readonly MovedSetting[]
}
export type SettingsReading =
  | UsableSettings
  | {
      readonly kind: 'wrong'
      readonly version: number | null
      /** What it says all the same, right or wrong. */
      readonly said: UsableSettings['said']
      readonly findings: readonly SettingsFinding[]
    }

/** [E203] Never throws. */
export function readSettingsText(text: string): SettingsReading {
  const parsed = parseText(text)
  if (parsed.kind === 'broken') {
    const { line, column } = locate(text, parsed.flaw.index)
    const place = { source: settingsFile, pointer: '', line, column }
    return wrong(null, [{ ...place, ...flawOf(parsed.flaw.sentence) }])
  }
  const from: SettingsText = { text, root: parsed.root }
  const version = versionOf(from)
  if (version !== 0 && version !== 1)
    return wrong(version, [findingAt(from, ['version'], newerText(version))])
  const value = parseJson(text)
  return version === 0 ? readVersion0(from, value) : readVersion1(from, value)
}

function wrong(
  version: number | null,
  findings: readonly SettingsFinding[],
  said: UsableSettings['said'] = new Map(),
): SettingsReading {
  return { kind: 'wrong', version, said, findings }
}

/** The sentence of a reader of JSON: `Expected a key in quotes, found ,.` */
function flawOf(sentence: string): Pick<SettingsFinding, 'expected' | 'found'> {
  const [, expected = 'JSON', found = sentence] =
    /^Expected (.+), found (.+)\.$/.exec(sentence) ?? []
  return { expected, found }
}

function newerText(version: number | null): string {
  return version === null
    ? `the number of a version, 0 or ${settingsVersion}`
    : `version ${settingsVersion} or older: a newer Unstuck wrote this, and only that one can use it`
}

/** Without a version it is the current one, unless every key is one of version 0. Null: what stands there is no version. */
function versionOf({ root }: SettingsText): number | null {
  if (root.kind !== 'object') return settingsVersion
  const said = member(root, 'version')
  if (said !== null) {
    const number = numberOf(said)
    return number !== null && Number.isInteger(number) && number >= 0 ? number : null
  }
  const isOld = root.members.some(({ key }) => Object.hasOwn(Settings0.shape, key))
  const isNew = root.members.some(({ key }) => Object.hasOwn(Settings.shape, key))
  return isOld && !isNew ? 0 : settingsVersion
}

function readVersion1(from: SettingsText, json: unknown): SettingsReading {
  const read = Settings.safeParse(json)
  const places = settingRows.flatMap(({ key }) => {
    const found = saidAt(from, key.split('.'), null)
    return found === null ? [] : [[key, found] as const]
  })
  const said = new Map(places)
  const patterns = patternFindings(from)
  if (!read.success) return wrong(1, [...schemaFindings(from, read.error, 1), ...patterns], said)
  if (patterns.length > 0) return wrong(1, patterns, said)
  return { kind: 'ok', version: 1, value: read.data, said, moved: [] }
}

function readVersion0(from: SettingsText, json: unknown): SettingsReading {
  const read = Settings0.safeParse(json)
  if (!read.success) return wrong(0, schemaFindings(from, read.error, 0))
  const moved = step0to1(read.data)
  const said = moved.flatMap(({ from: old, to }) =>
    to.flatMap(({ key, value }) => {
      const place = saidAt(from, [old], old)
      return place === null ? [] : [[key, { ...place, json: JSON.stringify(value) }] as const]
    }),
  )
  const value = Settings.parse(withMoved(moved))
  return { kind: 'ok', version: 0, value, said: new Map(said), moved }
}

/** The document of version 1 that says the same. */
export function withMoved(moved: readonly MovedSetting[]): Json {
  let document: Json = { version: settingsVersion }
  for (const { key, value } of moved.flatMap(({ to }) => to))
    document = withValue(document, key.split('.'), value)
  return document
}

export function withValue(holder: Json, path: readonly string[], value: Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return value
  const members = membersOf(holder)
  return { ...members, [key]: withValue(ownValue(members, key) ?? null, rest, value) }
}

function membersOf(holder: Json): { readonly [key: string]: Json } {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return {}
  return holder as { readonly [key: string]: Json } // no array
}

function saidAt(
  { text, root }: SettingsText,
  path: readonly string[],
  oldKey: string | null,
): SaidSetting | null {
  const node = nodeAt(root, path)
  if (node === null) return null
  const { line, column } = locate(text, node.start)
  return { json: text.slice(node.start, node.end), line, column, oldKey }
}
