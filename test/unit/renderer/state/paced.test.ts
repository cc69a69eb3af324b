import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from '../../../../renderer/state/paced.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Work that takes its time, asked for every 10 ms for as long as `busyMs`; the moments at which it began. */
async function begun({ tookMs, busyMs }: { tookMs: number; busyMs: number }): Promise<number[]> {
  const startMs = performance.now()
  const at: number[] = []
  const again = paced(async () => {
    at.push(performance.now() - startMs)
    await new Promise((resolve) => setTimeout(resolve, tookMs))
  })
  for (let ms = 0; ms < busyMs; ms += 10) {
    again()
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(10 * (tookMs + 500))
  return at
}

test('[L334] what changes all the time is read at once, then after a rest, and the last change is never missed', async () => {
  expect(await begun({ tookMs: 100, busyMs: 10 })).toEqual([0])
  expect(await begun({ tookMs: 100, busyMs: 1000 })).toEqual([0, 600, 1200])
})

test('[L334] what takes long is rested from as long', async () => {
  expect(await begun({ tookMs: 2000, busyMs: 8000 })).toEqual([0, 4000, 8000])
})
