import { AppError } from '../../shared/errors.ts'

/** From which moment an amount of time counts, and to which side. */
type From = { readonly ago: number } | { readonly ahead: number }

/** A time in UTC as ISO text, also as `7d` before or after a moment; null when the option was not given. */
export function moment(text: string | undefined, option: string, from: From): string | null {
  if (text === undefined) return null
  const [, amount, unit] = /^(\d{1,6})\s?(s|min|h|d)$/.exec(text) ?? []
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z?)?$/.test(text)
  const ms = Number(amount) * (unitsMs[unit ?? ''] ?? Number.NaN)
  const at =
    amount === undefined
      ? Date.parse(isTime && text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text)
      : 'ago' in from
        ? from.ago - ms
        : from.ahead + ms
  if ((amount !== undefined || isTime) && !Number.isNaN(at)) return new Date(at).toISOString()
  throw new AppError(
    'invalid-input',
    `--${option} takes a time such as 2026-01-02, 2026-01-02T03:04Z or 7d, not "${text}".`,
  )
}

const unitsMs: Readonly<Record<string, number>> = { s: 1000, min: 6e4, h: 36e5, d: 864e5 }
