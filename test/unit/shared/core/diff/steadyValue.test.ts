import { describe, expect, it } from 'vitest'
import { isEqualJson } from '../../../../../shared/core/diff/jsonShape.ts'
import { steadyValue } from '../../../../../shared/core/diff/steadyValue.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const own = ['/home/ada/flows', 'pay-20260102t030405-ab12']

function isChance(before: Json, after: Json): boolean {
  return isEqualJson(steadyValue(before, own), steadyValue(after, own))
}

describe('what is there by chance', () => {
  it.each<[string, Json, Json]>([
    ['an id by its name', { orderId: 'o-1', id: 7 }, { orderId: 'o-2', id: 8 }],
    [
      'an id by its shape',
      'see 9b2d1c3e-0f00-4a5b-8c9d-001122334455',
      'see 00000000-0f00-4a5b-8c9d-001122334455',
    ],
    ['the id of a run', 'etl-20260102t030405-ab12 ended', 'etl-20260103t030405-cd34 ended'],
    ['a time by its name', { finishedAt: 1, at: 'now' }, { finishedAt: 2, at: 'then' }],
    ['a time by its shape', 'at 2026-01-02T03:04:05.678Z', 'at 2026-01-03T09:00:00Z'],
    ['a day', 'report-2026-01-02.csv', 'report-2026-01-03.csv'],
    ['a duration', 'done in 12 ms', 'done in 1.5 s'],
    ['a duration by its name', { durationMs: 12, took: 3 }, { durationMs: 9, took: 4 }],
    ['a process', 'pid 812 began', 'pid 9 began'],
    [
      'a folder of its own',
      '/home/ada/flows/out.csv',
      '/tmp/run-x/out.csv'.replace('/tmp/run-x', own[0] ?? ''),
    ],
    ['a temporary folder', 'cp /tmp/abc/x /y', 'cp /tmp/def/x /y'],
  ])('[D60] %s', (_, before, after) => {
    expect(isChance(before, after)).toBe(true)
  })

  it.each<[string, Json, Json]>([
    ['a number', { total: 41 }, { total: 42 }],
    ['a word that only ends like an id', { paid: 1, valid: 'a' }, { paid: 2, valid: 'b' }],
    ['a value of another kind', { orderId: 'o-1' }, { orderId: null }],
    ['a path of an address', 'https://example.org/tmp/a', 'https://example.org/tmp/b'],
    ['a version', 'v1.2.3', 'v1.2.4'],
  ])('[D60] is not %s', (_, before, after) => {
    expect(isChance(before, after)).toBe(false)
  })
})
