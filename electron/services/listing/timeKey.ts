/**
 * A time of the list as a number that sorts as its text does; NaN for none. Years beyond 9999 are written with a plus and
 * sort before all others; a year before 0, which no clock tells, is taken for year 0.
 */
export function timeKey(text: string | null): number {
  if (text === null) return Number.NaN
  const ms = Date.parse(text)
  if (text.startsWith('+')) return ms - plusYears
  return text.startsWith('-') ? yearZero : ms
}

export function timeText(key: number): string | null {
  if (Number.isNaN(key)) return null
  return new Date(key < yearZero ? key + plusYears : key).toISOString()
}

const plusYears = 2 ** 53 - 1
const yearZero = Date.parse('0000-01-01T00:00:00.000Z')
