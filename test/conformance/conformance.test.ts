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
  test.each(casesOf('T89'))('[T89] $title', ({ run }) => run(open))
  test.each(casesOf('T93'))('[T93] $title', ({ run }) => run(open))
  test.each(casesOf('T96'))('[T96] $title', ({ run }) => run(open))
  test.each(casesOf('T97'))('[T97] $title', ({ run }) => run(open))
  test.each(casesOf('T101'))('[T101] $title', ({ run }) => run(open))
  test.each(casesOf('D72'))('[D72] $title', ({ run }) => run(open))
  test.each(casesOf('R101'))('[R101] $title', ({ run }) => run(open))
  test.each(casesOf('E172'))('[E172] $title', ({ run }) => run(open))
  test.each(casesOf('E175'))('[E175] $title', ({ run }) => run(open))
  test.each(casesOf('E176'))('[E176] $title', ({ run }) => run(open))
  test.each(casesOf('E177'))('[E177] $title', ({ run }) => run(open))
  test.each(casesOf('E178'))('[E178] $title', ({ run }) => run(open))
  test.each(casesOf('X33'))('[X33] $title', ({ run }) => run(open))
  test.each(casesOf('X35'))('[X35] $title', ({ run }) => run(open))
  test.each(casesOf('X40'))('[X40] $title', ({ run }) => run(open))
})

test('every case belongs to a rule that is run here', () => {
  const rules = new Set(storeConformance.map(({ rule }) => rule))
  const numbered = Array.from({ length: 9 }, (_, index) => `T${52 + index}`)
  const others = ['T82', 'T89', 'T93', 'T96', 'T97', 'T101', 'D72', 'R101']
  const foreign = ['E172', 'E175', 'E176', 'E177', 'E178']
  const cleanup = ['X33', 'X35', 'X40']
  expect([...rules].toSorted()).toEqual([...numbered, ...others, ...foreign, ...cleanup].toSorted())
})

function casesOf(rule: string): ConformanceCase[] {
  return storeConformance.filter((one) => one.rule === rule)
}
