import { expect, it } from 'vitest'
import { versionName } from '../../../../../../shared/core/formats/unknown/versionName.ts'

it.each([
  ['x/run-1.v1.json', 'x/run-1.v2.json', 'x/run-1.v10.json.gz', 'x/run-1.json'],
  ['x/a.json.bak2', 'x/a.json.bak', 'x/a.json'],
  ['x/a_v7.json.bak', 'x/a_v7.json', 'x/a.prev.json', 'x/a.json'],
  ['x/a.json~', 'x/a.json'],
  ['x/a-20260301T080000Z.json', 'x/a-20260301T090000Z.json', 'x/a.json'],
  ['x/a.2026-03-01.json', 'x/a.2026-03-01T08-00-00.json', 'x/a.2026-03-02.jsonl'],
  ['x/a-1772352000.json', 'x/a-1772352001.json'],
])('[F324] %s and the like are of one family, the later ones last', (...paths) => {
  const names = paths.map(versionName)
  expect(new Set(names.map(({ family }) => family)).size).toBe(1)
  const orders = names.map(({ order }) => order)
  expect(orders.toSorted()).toEqual(orders)
  expect(new Set(orders).size).toBe(orders.length)
})

it.each([
  ['x/run-1.json', 'x/run-2.json'],
  ['x/v1.json', 'x/v2.json'],
  ['x/20260301.json', 'x/20260302.json'],
  ['x/a.v1.json', 'y/a.v2.json'],
  ['x/threshold.json', 'x/thresh.json'],
])('[F324] %s and %s are of two families', (one, other) => {
  expect(versionName(one).family).not.toBe(versionName(other).family)
})
