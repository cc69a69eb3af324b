import { expect, test } from 'vitest'
import { whyNot, type BatchFacts } from '../../../../../shared/core/batch/whyNot.ts'
import { BatchAction } from '../../../../../shared/schema/batchAction.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'

function facts(given: Partial<BatchFacts> = {}): BatchFacts {
  return deepFreeze<BatchFacts>({
    format: 'unstuck',
    status: 'completed',
    health: 'ok',
    liveness: 'none',
    archived: false,
    pinned: false,
    locked: false,
    ...given,
  })
}

function answers(given: Partial<BatchFacts>) {
  return Object.fromEntries(
    BatchAction.options.map((action) => [action, whyNot(action, facts(given))]),
  )
}

test('[L112] each action that cannot be done with a run says why in a sentence', () => {
  expect(answers({})).toEqual({
    archive: null,
    unarchive: 'It is not in the archive.',
    trash: null,
    migrate: 'It is no document of an older version.',
    repair: 'Nothing of it is damaged, as far as the list knows.',
  })
  expect(answers({ format: 'unstuck-v2', health: 'old-version' })).toEqual({
    archive: 'It is no run of Unstuck’s own format.',
    unarchive: 'It is no run of Unstuck’s own format.',
    trash: 'It is no run of Unstuck’s own format.',
    migrate: null,
    repair: 'It is no run of Unstuck’s own format.',
  })
  expect(answers({ archived: true })).toMatchObject({
    archive: 'It is in the archive already.',
    unarchive: null,
    trash: 'In the archive: it takes little room there.',
  })
})

test('[L112] what goes on, was interrupted, is damaged or pinned is not touched', () => {
  expect([
    whyNot('archive', facts({ status: 'running', liveness: 'alive' })),
    whyNot('archive', facts({ status: 'running', liveness: 'interrupted' })),
    whyNot('archive', facts({ health: 'damaged' })),
    whyNot('trash', facts({ pinned: true })),
    whyNot('trash', facts({ status: 'waiting' })),
  ]).toEqual([
    'It is running. Cancel it, or wait until it has ended.',
    'It was interrupted. Resume it or cancel it first.',
    'It is damaged. Repair it first.',
    'Pinned.',
    'Not finished: only completed, failed and cancelled runs are taken away.',
  ])
})

test('[L112] what the list knows of the file decides whether it is repaired or migrated', () => {
  const health = ['damaged', 'unreadable', 'empty', 'old-version']
  const format = ['unstuck-v1', 'unstuck-v2', 'awf'] as const

  expect([
    health.map((one) => whyNot('repair', facts({ health: one }))),
    format.map((one) => whyNot('migrate', facts({ format: one }))),
    whyNot('repair', facts({ health: 'damaged', archived: true })),
    whyNot('archive', facts({ status: null })),
    ['pending', 'waiting'].map((status) => whyNot('archive', facts({ status }))),
    whyNot('trash', facts({ status: null })),
    whyNot('trash', facts({ health: 'damaged' })),
  ]).toEqual([
    [null, null, null, 'Nothing of it is damaged, as far as the list knows.'],
    [null, null, 'It is no document of an older version.'],
    'It is in the archive. Bring it back first.',
    null,
    [
      'It is pending. Cancel it, or wait until it has ended.',
      'It is waiting. Cancel it, or wait until it has ended.',
    ],
    'Not finished: only completed, failed and cancelled runs are taken away.',
    'Damaged or of another version: it stays until it is repaired or migrated.',
  ])
})
