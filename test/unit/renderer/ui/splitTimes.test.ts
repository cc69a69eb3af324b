import { expect, test } from 'vitest'
import { splitTimes } from '../../../../renderer/ui/splitTimes.ts'

test('[L242] moments inside of a sentence are found, so that they are written as times are chosen to be', () => {
  const sentence = 'load will be tried again at 2026-11-22T11:17:24.627Z, attempt 3.'
  expect(splitTimes(sentence)).toEqual([
    { kind: 'text', text: 'load will be tried again at ', at: 0 },
    { kind: 'time', text: '2026-11-22T11:17:24.627Z', at: 28 },
    { kind: 'text', text: ', attempt 3.', at: 52 },
  ])
  expect(splitTimes('2026-11-22T11:17:24Z')).toEqual([
    { kind: 'time', text: '2026-11-22T11:17:24Z', at: 0 },
  ])
  expect(splitTimes('order-20261122t111723z, 2026-11-22')).toMatchObject([{ kind: 'text' }])
  expect(splitTimes('')).toEqual([])
})
