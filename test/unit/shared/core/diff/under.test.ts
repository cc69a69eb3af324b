import { expect, test } from 'vitest'
import type { Change } from '../../../../../shared/core/diff/change.ts'
import { outlineUnder, under } from '../../../../../shared/core/diff/under.ts'

const added: Change = { kind: 'added', path: '/a/b', after: 1 }
const removed: Change = { kind: 'removed', path: '/ab', before: 1 }
const movedIn: Change = { kind: 'moved', path: '/a/0', from: '/c/0' }
const movedOut: Change = { kind: 'moved', path: '/c/1', from: '/a/1' }
const renumbered: Change = { kind: 'changed', path: '/c/2', to: '/a/2', before: 1, after: 2 }
const changed: Change = { kind: 'changed', path: '/a', before: 1, after: 2 }
const all = [added, removed, movedIn, movedOut, renumbered, changed]

test('[D14] changes at or below a pointer, on either side', () => {
  expect(under(all, '/a')).toEqual([added, movedIn, movedOut, renumbered, changed])
  expect(under(all, '/c')).toEqual([movedIn, movedOut, renumbered])
  expect(under(all, '/a/b')).toEqual([added])
  expect(under(all, '/b')).toEqual([])
  expect(under(all, '')).toEqual(all)
})

test('[D14] what is unchanged below the pointer stays between the changes that are shown', () => {
  const outline = {
    rows: [
      { change: added, unchangedBefore: [same('/a/x'), same('/z')] },
      { change: removed, unchangedBefore: [same('/a/y')] },
      { change: movedIn, unchangedBefore: [same('/a/w')] },
    ],
    unchangedAfter: [same('/a/v'), same('/q')],
  }
  expect(outlineUnder(outline, '/a')).toEqual({
    rows: [
      { change: added, unchangedBefore: [same('/a/x')] },
      { change: movedIn, unchangedBefore: [same('/a/y'), same('/a/w')] },
    ],
    unchangedAfter: [same('/a/v')],
  })
  expect(outlineUnder({ ...outline, rows: outline.rows.slice(0, 2) }, '/a').unchangedAfter).toEqual(
    [same('/a/y'), same('/a/v')],
  )
  expect(outlineUnder(outline, '')).toEqual(outline)
})

function same(path: string) {
  return { path, start: 0, count: 2 }
}
