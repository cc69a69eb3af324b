import { expect, test } from 'vitest'
import { linkNotes, relinked, relinkedWait } from '../../../../../shared/core/bundle/runLinks.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { makeRun, makeStep } from '../resume/makeRun.ts'

const ids = new Map([
  ['parent-00000000', 'parent-11111111'],
  ['child-00000000', 'child-11111111'],
  ['same-00000000', 'same-00000000'],
])

const from = (parent: string, relation: 'fork' | 'child' = 'fork') =>
  makeRun({ lineage: { parent: RunId.parse(parent), checkpoint: null, relation } })
const waiting = (run: string) => makeStep('waiting', { waitingOn: { kind: 'run', run } })

test('[X102] a run names its parent by the id that it gets, and the id that it had itself', () => {
  const lineage = { parent: 'parent-00000000', relation: 'fork' }
  const parent = 'parent-11111111'
  expect(relinked(lineage, { id: 'a', was: 'a', ids })).toEqual({ parent, relation: 'fork' })
  expect(relinked(lineage, { id: 'b', was: 'a', ids })).toEqual({
    parent,
    relation: 'fork',
    was: 'a',
  })
  for (const other of [null, 3, {}, { parent: 7 }, { parent: 'stays-behind' }])
    expect(relinked(other, { id: 'b', was: 'a', ids })).toBeNull()
})

const owner = (run: string | number, kind = 'run') => ({ a: 1, waitingOn: { kind, run } })

test('[X102] what waits for a run waits for the one that it became', () => {
  expect(relinkedWait(owner('child-00000000'), ids)).toEqual(owner('child-11111111'))
  for (const other of [
    owner('stays-behind'),
    owner(3),
    owner('child-00000000', 'gate'),
    { a: 1, waitingOn: null },
  ])
    expect(relinkedWait(other as never, ids)).toBe(other)
})

test.each([
  [from('gone-000000000'), 'It was made of run gone-000000000, which is not imported with it.'],
  [
    from('gone-000000000', 'child'),
    'It was begun by a step of run gone-000000000, which is not imported with it.',
  ],
  [
    from('parent-00000000'),
    'It was made of run parent-00000000, which becomes parent-11111111 here: the link follows it.',
  ],
  [
    makeRun({ steps: { a: waiting('gone-000000000') } }),
    'Step a waits for run gone-000000000, which is not imported with it.',
  ],
  [
    makeRun({ steps: { a: waiting('child-00000000') } }),
    'Step a waits for run child-00000000, which becomes child-11111111 here: the link follows it.',
  ],
])('[X102] a link that leads elsewhere is told', (run, note) => {
  expect(linkNotes(run, ids)).toEqual([note])
})

test('[X102] links that stay are not told, and of very many the first', () => {
  expect(linkNotes(makeRun(), ids)).toEqual([])
  expect(
    linkNotes(
      {
        ...from('same-00000000'),
        steps: makeRun({ steps: { a: waiting('same-00000000') } }).steps,
      },
      ids,
    ),
  ).toEqual([])
  const many = Array.from(
    { length: 23 },
    (_, index) => [`s${index}`, waiting(`gone-0000000${index}`)] as const,
  )
  const notes = linkNotes(makeRun({ steps: Object.fromEntries(many) }), ids)
  expect(notes).toHaveLength(21)
  expect(notes.at(-1)).toBe(
    '3 more links of it lead to runs that are not imported with it or get another id.',
  )
})
