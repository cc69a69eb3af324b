import { expect, test } from 'vitest'
import { createTryStepStore } from '../../../../renderer/state/tryStepStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

const result = { outcome: 'succeeded', exitCode: 0, error: null, output: '1', log: 'x' } as const

test('[L19] a step is tried at the point that was chosen, and what came of it is shown', async () => {
  const asked: unknown[] = []
  const host = hostWith({
    'step.try': async ({ step, checkpoint }) => {
      asked.push([step, checkpoint])
      return result
    },
  })
  const times = [1000, 1250]
  const options = { ref: ref('etl-1'), step: 'load', nowMs: () => times.shift() ?? 0 }
  const store = createTryStepStore(host.client, options)
  store.getState().choose('cp-2')
  await store.getState().run()
  expect(store.getState().work).toEqual({ kind: 'ended', result, tookMs: 250 })
  expect(asked).toEqual([['load', 'cp-2']])
})

test('[L20] who stops it, or looks away, does not leave it running', async () => {
  const ends: string[] = []
  const host = hostWith({
    'step.try': (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          ends.push('stopped')
          reject(new AppError('cancelled', 'The step was stopped.'))
        })
      }),
  })
  const options = { ref: ref('etl-1'), step: 'load', nowMs: () => 0 }
  const store = createTryStepStore(host.client, options)
  const close = store.getState().open()
  const first = store.getState().run()
  store.getState().stop()
  await first
  const { work } = store.getState()
  expect(work.kind === 'failed' && work.error.code).toBe('cancelled')
  const second = store.getState().run()
  close()
  await second
  await until(() => ends.length > 0)
})
