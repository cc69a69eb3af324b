// The text of `unstuck.json` with some settings said otherwise: everything else of it stays as it is.
import type { SettingsFinding } from '../../schema/settingsFinding.ts'
import { nearest } from '../../schema/nearest.ts'
import { parseJson } from '../../schema/parseJson.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { nodeAt, parseText } from '../formats/text/parseText.ts'
import { patchText, type TextPatch } from '../formats/text/patchText.ts'
import { readSettingsText, withMoved, type SettingsReading } from './readSettings.ts'
import { settingPlace, settingRows } from './settingRows.ts'
import { findingSentence } from './settingsFindings.ts'

/** `key`: of a setting, or a JSON pointer. `json`: null takes it out, so that the default holds. */
export type SettingChange = { readonly key: string; readonly json: string | null }

export type ChangedSettings = {
  /** Null: no such file. */
  readonly before: string | null
  /** Null: it cannot be said as a text. */
  readonly after: string | null
  /** Why it is not done; none: it can be. */
  readonly problems: readonly string[]
  /** Those of them that have a place. */
  readonly findings: readonly SettingsFinding[]
}

/**
 * [E205] What leaves settings that cannot be used is not done, unless it mends some of what is wrong and makes nothing wrong that was
 * not.
 */
export function changeSettings(
  before: string | null,
  changes: readonly SettingChange[],
): ChangedSettings {
  const reading = before === null ? null : readSettingsText(before)
  if (reading?.version === 0) return refused(before, needsMigration)
  let text = before ?? '{}'
  for (const { key, json } of changes) {
    const path = pathOf(key)
    if (path === null) return refused(before, unknownKeySentence(key))
    const patches = patchesFor(text, path, json)
    if (typeof patches === 'string') return refused(before, patches)
    const patched = patchText(text, patches)
    if (patched.kind === 'refused') return refused(before, `unstuck.json: ${patched.problem}`)
    text = patched.text
  }
  const after = before === null ? inLines(text) : text
  const findings = worse(reading, readSettingsText(after))
  if (findings.length > 0) return { before, after, problems: sentences(findings), findings }
  if (text === (before ?? '{}')) return refused(before, 'Nothing would change.')
  return { before, after, problems: [], findings: [] }
}

const needsMigration = 'unstuck.json is of version 0: migrate it first (unstuck settings migrate).'

/** A JSON pointer names what stands there, known or not. */
function pathOf(key: string): readonly string[] | null {
  if (key.startsWith('/')) return tokensOf(key)
  return settingPlace(key)?.path ?? null
}

/** What is wrong afterwards; nothing where that is only some of what was wrong before. */
function worse(before: SettingsReading | null, after: SettingsReading): readonly SettingsFinding[] {
  if (after.kind === 'ok') return []
  const known = before?.kind === 'wrong' ? before.findings : []
  const places = new Set(known.map(({ pointer, expected }) => `${pointer} ${expected}`))
  const isLess =
    after.findings.length < known.length &&
    after.findings.every(({ pointer, expected }) => places.has(`${pointer} ${expected}`))
  return isLess ? [] : after.findings
}

function sentences(findings: readonly SettingsFinding[]): readonly string[] {
  return findings.map((finding) => `${findingSentence(finding)}.`)
}

function refused(before: string | null, problem: string): ChangedSettings {
  return { before, after: null, problems: [problem], findings: [] }
}

/** [E206] The text of the current version that says what one of an older version says. */
export function migrateSettings(before: string | null): ChangedSettings {
  const reading = before === null ? null : readSettingsText(before)
  if (reading?.kind === 'wrong') {
    const { findings } = reading
    return { before, after: null, problems: sentences(findings), findings }
  }
  if (reading?.version !== 0)
    return refused(before, 'unstuck.json is of the current version: there is nothing to migrate.')
  const after = `${JSON.stringify(withMoved(reading.moved), null, 2)}\n`
  return { before, after, problems: [], findings: [] }
}

/** [E208] The text that was in force last, where the file cannot be used. */
export function restoreSettings(before: string | null, kept: string | null): ChangedSettings {
  if (kept === null) return refused(before, 'No earlier text of unstuck.json is known.')
  if (kept === before) return refused(before, 'Nothing would change.')
  return { before, after: kept, problems: [], findings: [] }
}

export function unknownKeySentence(key: string): string {
  const meant = nearest(
    key,
    settingRows.map((row) => row.key),
  ) // the whole key, as it is written on the command line
  return `There is no setting ${JSON.stringify(key)}${meant === null ? '. See them: unstuck settings list' : `. Did you mean ${meant}?`}`
}

/** What puts a value at a path, with the sections around it that are not there; a sentence where it cannot. */
function patchesFor(
  text: string,
  path: readonly string[],
  json: string | null,
): readonly TextPatch[] | string {
  const parsed = parseText(text)
  if (parsed.kind === 'broken') return 'unstuck.json is no JSON: mend its text first.'
  if (parsed.root.kind !== 'object') return 'unstuck.json is no object: mend its text first.'
  const isThere = nodeAt(parsed.root, path) !== null
  if (json === null) return isThere ? [{ op: 'remove', path }] : []
  const value = parseText(json)
  if (value.kind === 'broken') return `${path.join('.')}: ${value.flaw.sentence}`
  const depth = path.findIndex((_, index) => nodeAt(parsed.root, path.slice(0, index + 1)) === null)
  if (depth === -1) return [{ op: 'replace', path, value: json }]
  const inner = path.slice(depth + 1).toReversed()
  const nested = inner.reduce((held, key) => `{ ${JSON.stringify(key)}: ${held} }`, json)
  return [{ op: 'add', path: path.slice(0, depth + 1), value: nested }]
}

/** A new file is written in lines, as a person would. */
function inLines(text: string): string {
  return `${JSON.stringify(Object.assign({ version: 1 }, parseJson(text)), null, 2)}\n`
}
