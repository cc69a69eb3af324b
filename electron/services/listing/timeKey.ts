/**
 * A time of the list as a number that sorts as its text does; NaN for none. Years beyond 9999 are written with a plus and
 * sort before all others; a year before 0, which no clock tells, is taken for year 0.
 */
export function timeKey(text: string | null): number {
  if (text === null) return Number.NaN
  const ms = plainTime(text) ?? Date.parse(text)
  if (text.startsWith('+')) return ms - plusYears
  return text.startsWith('-') ? yearZero : ms
}

export function timeText(key: number): string | null {
  return Number.isNaN(key) ? null : new Date(timeMs(key)).toISOString()
}

/** Milliseconds since 1970; NaN for none. */
export function timeMs(key: number): number {
  return key < yearZero ? key + plusYears : key
}

/** Of a time as every clock here writes it: a hundred thousand rows have three each. Null: it is written otherwise. */
function plainTime(text: string): number | null {
  if (text.length !== plainLength || !hasMarks(text)) return null
  const day = text.slice(0, dayLength)
  if (day !== lastDay.text) {
    lastDay.startMs = Date.parse(`${day}T00:00:00.000Z`)
    lastDay.text = day
  }
  const [hours, minutes] = [twoDigits(text, 11), twoDigits(text, 14)]
  const [seconds, tens] = [twoDigits(text, 17), twoDigits(text, 20)]
  const rest = text.charCodeAt(22) - digit0
  const ms = lastDay.startMs + hours * 3_600_000 + minutes * 60_000 + seconds * 1000
  const isPlain = hours < 24 && minutes < 60 && seconds < 60 && rest >= 0 && rest < 10
  return isPlain ? ms + tens * 10 + rest : null
}

function hasMarks(text: string): boolean {
  return (
    text[10] === 'T' && text[13] === ':' && text[16] === ':' && text[19] === '.' && text[23] === 'Z'
  )
}

/** NaN where no two digits stand, which is below and above nothing. */
function twoDigits(text: string, at: number): number {
  const [high, low] = [text.charCodeAt(at) - digit0, text.charCodeAt(at + 1) - digit0]
  return high >= 0 && high < 10 && low >= 0 && low < 10 ? high * 10 + low : Number.NaN
}

const plainLength = '2026-01-01T00:00:00.000Z'.length
const dayLength = '2026-01-01'.length
const digit0 = 48
/** Rows that come one after the other are of the same day. */
const lastDay = { text: '', startMs: Number.NaN }

const plusYears = 2 ** 53 - 1
const yearZero = Date.parse('0000-01-01T00:00:00.000Z')
