/** How long ago, in the largest unit that fits: `12 s`, `3 h`, `5 d`. */
export function age(at: string | null, nowMs: number): string {
  if (at === null) return '-'
  const ms = nowMs - Date.parse(at)
  return Number.isNaN(ms) ? '-' : duration(Math.max(0, ms))
}

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const [unit, perUnitMs] = units.find(([, unitMs]) => ms >= unitMs) ?? lastUnit
  return `${Math.floor(ms / perUnitMs)} ${unit}`
}

const lastUnit = ['s', 1000] as const
const units = [['d', 864e5], ['h', 36e5], ['min', 6e4], lastUnit] as const

export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), sizeUnits.length)
  return `${(bytes / 1000 ** power).toFixed(1)} ${sizeUnits[power - 1]}`
}

const sizeUnits = ['kB', 'MB', 'GB', 'TB'] as const

export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`
}

/** `2026-01-02 03:04:05 UTC`. */
export function time(at: string | null): string {
  if (at === null) return '-'
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
