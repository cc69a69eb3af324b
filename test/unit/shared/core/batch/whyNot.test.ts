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
