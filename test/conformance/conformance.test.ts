import { describe, expect, test } from 'vitest'
import { createMemoryStore } from '../../electron/store/memoryStore.ts'
import {
  createClock,
  createIds,
  openFileStore,
  temporaryFolder,
} from '../unit/electron/store/storeFixtures.ts'
import type { ConformanceCase } from './conformanceCase.ts'
import { storeConformance } from './storeConformance.ts'

const stores = [
  { name: 'file store', open: async () => openFileStore(await temporaryFolder()) },
  {
    name: 'memory store',
    open: async () => createMemoryStore({ now: createClock(), randomId: createIds() }),
  },
]

describe.each(stores)('$name', ({ open }) => {
  test.each(casesOf('T52'))('[T52] $title', ({ run }) => run(open))
  test.each(casesOf('T53'))('[T53] $title', ({ run }) => run(open))
  test.each(casesOf('T54'))('[T54] $title', ({ run }) => run(open))
  test.each(casesOf('T55'))('[T55] $title', ({ run }) => run(open))
  test.each(casesOf('T56'))('[T56] $title', ({ run }) => run(open))
  test.each(casesOf('T57'))('[T57] $title', ({ run }) => run(open))
  test.each(casesOf('T58'))('[T58] $title', ({ run }) => run(open))
  test.each(casesOf('T59'))('[T59] $title', ({ run }) => run(open))
  test.each(casesOf('T60'))('[T60] $title', ({ run }) => run(open))
  test.each(casesOf('T82'))('[T82] $title', ({ run }) => run(open))
})

test('every case belongs to a rule that is run here', () => {
  const rules = new Set(storeConformance.map(({ rule }) => rule))
  expect([...rules].toSorted()).toEqual([
    ...Array.from({ length: 9 }, (_, index) => `T${52 + index}`),
    'T82',
  ])
})

function casesOf(rule: string): ConformanceCase[] {
  return storeConformance.filter((one) => one.rule === rule)
}
