import { expect, test } from 'vitest'
import { createTimeScale } from '../../../../renderer/ui/timeScale.ts'
import { timeTicks } from '../../../../renderer/ui/timeTicks.ts'

const startMs = Date.parse('2026-01-02T23:59:41.200Z')
const whole = { from: 0, to: 1, least: 0.2 } as const

test('[L37] relative times count from the start, in round steps', () => {
  const scale = createTimeScale([{ startMs, endMs: startMs + 60_000 }])
  const ticks = timeTicks(scale, { ...whole, mode: 'relative' })
  expect(ticks.map(({ text }) => text)).toEqual(['0', '+15 s', '+30 s', '+45 s', '+1 min'])
})

test('[L37] times of the clock are round, and say the day where it becomes another', () => {
  const scale = createTimeScale([{ startMs, endMs: startMs + 60_000 }])
  const ticks = timeTicks(scale, { ...whole, mode: 'utc' })
  expect(ticks.map(({ text }) => text)).toEqual([
    '01-02 23:59:41',
    '01-03 00:00:00',
    '00:00:15',
    '00:00:30',
  ])
})

test('[L37] no time stands in a pause, and none closer than asked for', () => {
  const hour = 3_600_000
  const scale = createTimeScale([
    { startMs: 0, endMs: 10_000 },
    { startMs: hour, endMs: hour + 10_000 },
  ])
  const ticks = timeTicks(scale, { from: 0, to: 1, least: 0.1, mode: 'relative' })
  const [gap] = scale.gaps
  const inside = ticks.filter(
    ({ share }) => share > (gap?.startShare ?? 0) + 1e-9 && share < (gap?.endShare ?? 1) - 1e-9,
  )
  expect(inside).toEqual([])
  const apart = ticks.slice(1).map(({ share }, index) => share - (ticks[index]?.share ?? 0))
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(0.1 - 1e-9)
  expect(ticks.at(-1)?.text).toMatch(/^\+1 h/)
})

test('[L37] of a part that is seen only its own times are made, however long the whole is', () => {
  const year = 365 * 86_400_000
  const scale = createTimeScale([{ startMs: 0, endMs: year }])
  const ticks = timeTicks(scale, { from: 0.5, to: 0.5001, least: 0.00002, mode: 'utc' })
  expect(ticks.length).toBeGreaterThan(1)
  expect(ticks.length).toBeLessThan(7)
})
