import { expect, test } from 'vitest'
import { phaseLook } from '../../../../../renderer/features/batches/batchText.ts'

const none = {
  open: 0,
  underWay: 0,
  completed: 0,
  failed: 0,
  refused: 0,
  inDoubt: 0,
  waits: 0,
  paused: 0,
  cancelled: 0,
}

test('[L332] a batch that is over is as good as the worst that came of its runs', () => {
  const over = (counts: Partial<typeof none>) =>
    phaseLook({ phase: 'done', counts: { ...none, ...counts } })
  expect(over({ completed: 3 })).toEqual({ status: 'completed', word: 'Done' })
  expect(over({})).toEqual({ status: 'completed', word: 'Done' })
  expect(over({ completed: 3, refused: 1, failed: 1 })).toEqual({
    status: 'failed',
    word: 'Some failed',
  })
  expect(over({ completed: 3, refused: 1 })).toEqual({
    status: 'blocked',
    word: 'Some not resumed',
  })
  expect(phaseLook({ phase: 'running', counts: { ...none, failed: 1 } }).word).toBe('Running')
})
