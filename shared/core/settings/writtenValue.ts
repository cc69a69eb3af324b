import { assertNever } from '../../assert.ts'
import type { SettingPlace } from './settingRows.ts'

/** A value as a person writes it on a command line, as JSON text: quotes may be left out where only a text can stand. */
export function writtenValue({ row, path }: SettingPlace, texts: readonly string[]): string {
  const text = texts.join(' ')
  const isOneCommand = path.length > row.key.split('.').length
  switch (row.kind.kind) {
    case 'switch':
      return switches.get(text.toLowerCase()) ?? text
    case 'choice':
      return text.startsWith('"') ? text : JSON.stringify(text)
    case 'patterns':
      return texts.length === 1 && text.startsWith('[') ? text : JSON.stringify(texts)
    case 'commands':
      return isOneCommand ? JSON.stringify(text) : text
    case 'number':
    case 'json':
      return text
    default:
      return assertNever(row.kind)
  }
}

const switches: ReadonlyMap<string, string> = new Map([
  ['on', 'true'],
  ['off', 'false'],
  ['yes', 'true'],
  ['no', 'false'],
])
