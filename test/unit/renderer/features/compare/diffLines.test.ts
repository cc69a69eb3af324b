import { expect, test } from 'vitest'
import { diffLines } from '../../../../../renderer/features/compare/diffLines.ts'
import { unchangedId, type CompareState } from '../../../../../renderer/state/compareStore.ts'
import { ready } from '../../../../../renderer/state/remote.ts'

function change(path: string, unchangedBefore: readonly Fold[] = []) {
  const values = { from: null, before: '1', after: '2', truncated: false }
  return { kind: 'changed' as const, path, ...values, unchangedBefore: [...unchangedBefore] }
}

type Fold = { readonly path: string; readonly start: number; readonly count: number }
const top: Fold = { path: '', start: 0, count: 2 }
const inside: Fold = { path: '/a', start: 0, count: 300 }
const last: Fold = { path: '/a', start: 301, count: 1 }

const comparison = {
  changes: [change('/a/300', [top, inside]), change('/a/301')],
  total: 2,
  counts: { added: 0, removed: 0, changed: 2, moved: 0 },
  isCoarse: false,
  byChance: 0,
  unchangedAfter: [last],
}

function told(unchanged: CompareState['unchanged']) {
  return diffLines(comparison, unchanged).map((line) => {
    if (line.kind === 'change') return `${line.index} ${line.change.path}`
    if (line.kind === 'same') return `${line.path}: ${line.value}`
    if (line.kind === 'rest') return `${line.count} more`
    const count = line.rows.reduce((sum, row) => sum + row.count, 0)
    return `${line.isOpen ? 'open' : 'folded'} ${count}`
  })
}

test('[L171] what is passed over between two changes is one line, whatever holds it', () => {
  expect(told(new Map())).toEqual(['folded 302', '0 /a/300', '1 /a/301', 'folded 1'])
})

test('[L171] an open one shows its values, and how many are left', () => {
  const shown = new Map([
    [unchangedId(top), ready([node('/x'), node('/y')])],
    [unchangedId(inside), ready([node('/a/0')])],
  ])
  expect(told(shown)).toEqual([
    'open 302',
    '/x: [ 3 ]',
    '/y: [ 3 ]',
    '/a/0: [ 3 ]',
    '100 more',
    '0 /a/300',
    '1 /a/301',
    'folded 1',
  ])
})

function node(pointer: string) {
  return { pointer, key: '', type: 'array', size: 3, preview: '[3]', truncated: false } as const
}
