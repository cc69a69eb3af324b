import { expect, test } from 'vitest'
import { settingPlace, settingRows } from '../../../../../shared/core/settings/settingRows.ts'
import { writtenValue } from '../../../../../shared/core/settings/writtenValue.ts'

const keyOf = (kind: string) => settingRows.find((row) => row.kind.kind === kind)?.key ?? ''

function written(key: string, ...texts: readonly string[]): string {
  const place = settingPlace(key)
  if (place === null) throw new Error(`There is no setting ${key}.`)
  return writtenValue(place, texts)
}

test.each<[string, string[], string]>([
  ['switch', ['On'], 'true'],
  ['switch', ['no'], 'false'],
  ['switch', ['YES'], 'true'],
  ['switch', ['off'], 'false'],
  ['switch', ['true'], 'true'],
  ['choice', ['manual'], '"manual"'],
  ['choice', ['"manual"'], '"manual"'],
  ['choice', ['manual"'], '"manual\\""'],
  ['patterns', ['a*', 'b'], '["a*","b"]'],
  ['patterns', ['["a*"]'], '["a*"]'],
  ['patterns', ['a*'], '["a*"]'],
  ['patterns', ['[a]', 'b'], '["[a]","b"]'],
  ['number', ['30'], '30'],
  ['json', ['{"a":', '1}'], '{"a": 1}'],
  ['commands', ['{"awf": "x"}'], '{"awf": "x"}'],
])('[E214] a %s that is written as %j', (kind, texts, json) => {
  expect(written(keyOf(kind), ...texts)).toBe(json)
})

test('[E214] the command of one engine is a text', () => {
  expect(written(`${keyOf('commands')}.awf`, 'awf', 'resume')).toBe('"awf resume"')
})
