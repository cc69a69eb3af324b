import { formatDuration } from './formatDuration.ts'
import type { TimeMode } from './formatTime.ts'
import type { TimeScale } from './timeScale.ts'

export type TimeTick = { readonly share: number; readonly text: string }

export type TickOptions = {
  readonly mode: TimeMode
  /** The part of the scale that is seen. */
  readonly from: number
  readonly to: number
  /** Ticks stand at least so far apart. */
  readonly least: number
}

/** Round moments between the gaps, written as the user wants to see times. */
export function timeTicks(scale: TimeScale, options: TickOptions): readonly TimeTick[] {
  const { mode, from, to, least } = options
  const stepMs = steps.find((step) => step * scale.perMs >= least) ?? Infinity
  const zeroMs = mode === 'relative' ? scale.startMs : zeroOf(mode, scale.startMs)
  const moments = [{ ms: scale.startMs, share: 0 }]
  for (const part of partsOf(scale)) {
    const startMs = Math.max(part.startMs, scale.toMs(Math.max(0, from)))
    const endMs = Math.min(part.endMs, scale.toMs(Math.min(1, to)))
    const first = Math.ceil((startMs - zeroMs) / stepMs) * stepMs + zeroMs
    for (let ms = first; ms <= endMs; ms += stepMs) {
      const share = scale.toShare(ms)
      if (share - (moments.at(-1)?.share ?? 0) >= least) moments.push({ ms, share })
    }
  }
  return moments
    .filter(({ share }) => share >= from && share <= to)
    .map(({ ms, share }, index, all) => {
      const before = all[index - 1]?.ms ?? null
      return { share, text: tickText(ms, { mode, stepMs, before, startMs: scale.startMs }) }
    })
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 365, 1000, 3650].map((count) => count * day),
]

/** A moment from which round times of the clock are counted. */
function zeroOf(mode: TimeMode, startMs: number): number {
  return mode === 'local' ? new Date(startMs).getTimezoneOffset() * minute : 0
}

function partsOf({ startMs, endMs, gaps }: TimeScale) {
  const starts = [startMs, ...gaps.map((gap) => gap.endMs)]
  return starts.map((from, index) => ({ startMs: from, endMs: gaps[index]?.startMs ?? endMs }))
}

type TickText = {
  readonly mode: TimeMode
  readonly stepMs: number
  readonly before: number | null
  readonly startMs: number
}

/** Of a clock the day is said where it becomes another, and as much of the time as tells two ticks apart. */
function tickText(ms: number, { mode, stepMs, before, startMs }: TickText): string {
  if (mode === 'relative') return ms === startMs ? '0' : `+${formatDuration(ms - startMs)}`
  const shift = mode === 'local' ? new Date(ms).getTimezoneOffset() * minute : 0
  const text = new Date(ms - shift).toISOString()
  const length = stepMs < second ? 23 : stepMs < minute ? 19 : 16
  const dayText = text.slice(5, 10)
  const isNewDay =
    before === null || new Date(before - shift).toISOString().slice(5, 10) !== dayText
  const time = text.slice(11, before === null ? Math.max(19, length) : length)
  return isNewDay ? `${dayText} ${time}` : time
}
