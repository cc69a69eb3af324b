import { expect, test } from 'vitest'
import { lineTools } from '../../../../../../electron/services/lineTools.ts'
import type { Change } from '../../../../../../shared/core/diff/change.ts'
import { compareAligned } from '../../../../../../shared/core/diff/lines/compareAligned.ts'
import { lookAhead } from '../../../../../../shared/core/diff/lines/lookAhead.ts'
import {
  createSection,
  type OpenSection,
} from '../../../../../../shared/core/diff/lines/openSection.ts'
import { createWalk } from '../../../../../../shared/core/diff/walk.ts'
import type { ChosenKey } from '../../../../../../shared/core/diff/itemKey.ts'

/** The units of a block, a line each. */
function unitsOf(kind: OpenSection['kind'], lines: readonly string[]) {
  const bytes = Buffer.from(`${lines.join(',\n')}\n${kind === 'list' ? ']' : '}'}\n`)
  const stops = lookAhead(kind, { bytes, at: 0, end: bytes.length, isLast: true })
  if (typeof stops === 'number') throw new Error('These are no units.')
  return stops.filter((stop) => stop.kind === 'unit')
}

type Options = {
  readonly kind: OpenSection['kind']
  readonly keys?: readonly ChosenKey[]
  /** How many units were passed on each side. */
  readonly passed?: OpenSection['lengths']
}

/** The changes; null where the units are not those that stand beside them. */
function compared(
  { kind, keys = [], passed = { before: 0, after: 0 } }: Options,
  before: readonly string[],
  after: readonly string[],
): readonly Change[] | null {
  const walk = createWalk(1000, keys)
  const section: OpenSection = { ...createSection(kind, ''), lengths: passed }
  const units = { before: unitsOf(kind, before), after: unitsOf(kind, after) }
  const isDone = compareAligned({ walk, tools: lineTools, section }, units)
  expect([walk.from, walk.to, walk.apart]).toEqual([[], [], 0])
  return isDone ? walk.changes : null
}

const record = { kind: 'record' } as const
const list = { kind: 'list' } as const

test('[D28] entries that stand beside each other under the same keys are compared', () => {
  expect(compared(record, ['"a":1', '"b":{"c":[1]}'], ['"a":2', '"b":{"c":[1]}'])).toEqual([
    { kind: 'changed', path: '/a', before: 1, after: 2 },
  ])
  expect(compared(record, [String.raw`"q\"/~":{"x":1}`], [String.raw`"q\"/~":{}`])).toEqual([
    { kind: 'removed', path: '/q"~1~0/x', before: 1 },
  ])
})

test('[D30] entries under other keys, or in another order, are not', () => {
  expect(compared(record, ['"a":1', '"b":1'], ['"b":1', '"a":1'])).toBeNull()
  expect(compared(record, ['"a":1'], ['"b":1'])).toBeNull()
})

test('[D28] items are compared by where they stand, and known by the first key that each has', () => {
  const passed = { before: 3, after: 5 }
  expect(
    compared(
      { kind: 'list', passed },
      ['{"id":1,"n":1}', '{"id":2}'],
      ['{"id":1,"n":2}', '{"id":2}'],
    ),
  ).toEqual([{ kind: 'changed', path: '/3/n', to: '/5/n', before: 1, after: 2 }])
  expect(
    compared(
      list,
      ['{"id":1,"name":"a"}', '{"name":"b"}'],
      ['{"name":"a"}', '{"id":7,"name":"b"}'],
    ),
  ).toEqual([
    { kind: 'removed', path: '/0/id', before: 1 },
    { kind: 'added', path: '/1/id', after: 7 },
  ])
})

test('[D25] a key that was chosen for the list counts here too', () => {
  const keys = [{ path: '', key: 'sku' }]
  const one = ['{"id":1,"sku":"a"}']
  const other = ['{"id":2,"sku":"a"}']
  expect(compared(list, one, other)).toBeNull()
  expect(compared({ kind: 'list', keys }, one, other)).toEqual([
    { kind: 'changed', path: '/0/id', before: 1, after: 2 },
  ])
})

test('[D30] items without a key, or with another one, are left', () => {
  expect(compared(list, ['{"n":1}'], ['{"n":2}'])).toBeNull()
  expect(compared(list, ['{"id":1}', '{"n":1}'], ['{"id":1}', '{"n":1}'])).toBeNull()
  expect(compared(list, ['{"id":1}', '{"id":2}'], ['{"id":2}', '{"id":1}'])).toBeNull()
})

test('[D30] [D73] so is what cannot be read, on either side', () => {
  expect(compared(record, ['"a":1'], ['"a":1x'])).toBeNull()
  expect(compared(record, ['"a":x1'], ['"a":1'])).toBeNull()
  expect(compared(record, ['"a" 1', '"b":1'], ['"a":1', '"b":1'])).toBeNull()
  expect(compared(record, ['"a":1,2'], ['"a":1'])).toBeNull()
  expect(compared(list, ['{"id":1}'], ['{"id":1}},{}'])).toBeNull()
  expect(compared(list, ['{"id":1},{"id":1}'], ['{"id":1}'])).toBeNull()
  expect(compared(list, ['{"id":1}'], ['{"id":1'])).toBeNull()
})
