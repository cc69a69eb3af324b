import { expect, test } from 'vitest'
import { readSettingsText } from '../../../../../shared/core/settings/readSettings.ts'
import {
  resolveSettings,
  type Environment,
} from '../../../../../shared/core/settings/resolveSettings.ts'
import { defaultOf, settingRows } from '../../../../../shared/core/settings/settingRows.ts'

function resolve(text: string | null, environment: Environment = {}) {
  const reading = text === null ? null : readSettingsText(text)
  const usable = reading?.kind === 'ok' ? reading : null
  const { rows, ...others } = resolveSettings({ usable, from: 'file' }, environment)
  return { ...others, rows: new Map(rows.map((row) => [row.key, row])) }
}

test('[E204] without file and environment every setting has its default', () => {
  const { rows, findings } = resolve(null)
  expect(findings).toEqual([])
  expect([...rows.values()].map(({ key, value, source }) => [key, value, source])).toEqual(
    settingRows.map((row) => [row.key, JSON.stringify(defaultOf(row)), 'default']),
  )
})

test('[E204] the environment stands over the file, and what the file says is still told', () => {
  const { value, rows } = resolve(
    '{"checkpoint": {"interval": 3}, "persistence": {"format": "json"}}',
    {
      UNSTUCK_CHECKPOINT_ENABLED: 'off',
      UNSTUCK_FORMAT: 'json+zstd',
      UNSTUCK_CHECKPOINT_FREQUENCY: 'manual',
      UNSTUCK_CHECKPOINT_INTERVAL: ' 7 ',
    },
  )
  expect([value.persistence, value.checkpoint]).toEqual([
    { enabled: false, format: 'json+zstd' },
    { frequency: 'manual', interval: 7 },
  ])
  expect(rows.get('checkpoint.interval')).toEqual({
    key: 'checkpoint.interval',
    value: '7',
    source: 'environment',
    said: { json: '3', line: 1, column: 29, oldKey: null },
    variable: { name: 'UNSTUCK_CHECKPOINT_INTERVAL', text: '7', isUsed: true },
  })
})

test('[E204] a variable that cannot be used is told with what was expected, and the next source holds', () => {
  const { rows, findings } = resolve('{"checkpoint": {"interval": 3}}', {
    UNSTUCK_CHECKPOINT_INTERVAL: '0',
    UNSTUCK_FORMAT: 'xml',
    UNSTUCK_CHECKPOINT_ENABLED: '',
  })
  expect([rows.get('checkpoint.interval')?.value, rows.get('checkpoint.interval')?.source]).toEqual(
    ['3', 'file'],
  )
  const place = { pointer: null, line: null, column: null }
  expect(findings).toEqual([
    { source: 'UNSTUCK_FORMAT', ...place, expected: 'one of json, json+zstd', found: '"xml"' },
    {
      source: 'UNSTUCK_CHECKPOINT_INTERVAL',
      ...place,
      expected: 'a whole number of steps or seconds, at least 1',
      found: '"0"',
    },
  ])
})

/** What a variable with this text makes of its setting; null: it is not used. */
function byVariable(name: string, text: string): string | null {
  const row = [...resolve(null, { [name]: text }).rows.values()].find(
    ({ variable }) => variable !== null,
  )
  return row?.variable?.isUsed === true ? row.value : null
}

test('[E204] a switch takes the words of a person, and a number is one from its least on', () => {
  const words = ['true', '1', 'YES', 'on', 'false', '0', 'No', 'off', 'maybe', 'tru']
  expect(words.map((word) => byVariable('UNSTUCK_CHECKPOINT_ENABLED', word))).toEqual([
    'true',
    'true',
    'true',
    'true',
    'false',
    'false',
    'false',
    'false',
    null,
    null,
  ])
  const numbers = ['1', '12', '0', 'x7', '7x', '1.5', '-1', '9'.repeat(15), '9'.repeat(16), 'yes']
  expect(numbers.map((text) => byVariable('UNSTUCK_CHECKPOINT_INTERVAL', text))).toEqual([
    '1',
    '12',
    null,
    null,
    null,
    null,
    null,
    '9'.repeat(15),
    null,
    null,
  ])
})

test('[E204] of a long text the start is told', () => {
  const { rows } = resolve(null, { UNSTUCK_FORMAT: 'x'.repeat(300) })
  expect(rows.get('persistence.format')?.variable).toEqual({
    name: 'UNSTUCK_FORMAT',
    text: 'x'.repeat(200),
    isUsed: false,
  })
})
