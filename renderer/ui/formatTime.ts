import { formatCoarse } from './formatDuration.ts'

export type TimeMode = 'relative' | 'local' | 'utc'

/** A moment as it is shown. `at` that is no date is shown as it stands. */
export function formatTime(at: string, mode: TimeMode, nowMs: number): string {
  const ms = Date.parse(at)
  if (Number.isNaN(ms)) return at
  if (mode === 'relative') return formatAge(nowMs - ms)
  if (mode === 'utc') return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const local = new Date(ms)
  return `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())} ${pad(local.getHours())}:${pad(local.getMinutes())}:${pad(local.getSeconds())}`
}

/** `just now`, `3 min ago`, `in 5 h`: one unit is enough for an age. */
export function formatAge(ageMs: number): string {
  const size = Math.abs(ageMs)
  if (size < 5000) return 'just now'
  const short = formatCoarse(size)
  return ageMs < 0 ? `in ${short}` : `${short} ago`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
