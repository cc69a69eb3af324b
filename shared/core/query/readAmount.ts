// Amounts as a person writes them: 10m, 24h, 3d; 500kB, 2MB; 2026-01-02, 2026-01-02T03:04Z.

const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
}

/** Null for what is no length of time. */
export function readDuration(text: string): number | null {
  const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?)\s?(ms|s|m|min|h|d|w)$/.exec(text) ?? []
  return amount === undefined ? null : Number(amount) * (unitsMs[unit] ?? Number.NaN)
}

/** Null for what is no day and no time; without a zone it is UTC. A day means its first moment. */
export function readMoment(text: string): number | null {
  const match = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(
    text,
  )
  if (match === null) return null
  const ms = Date.parse(match[1] !== undefined && match[2] === undefined ? `${text}Z` : text)
  return Number.isNaN(ms) ? null : ms
}

/** Null for what is no size. */
export function readBytes(text: string): number | null {
  const parts = /^(\d{1,12}(?:\.\d{1,6})?)\s?([kmgt]?b?)$/i.exec(text)
  if (parts === null) return null
  const power = ' kmgt'.indexOf((parts[2] ?? '').toLowerCase().replace('b', '') || ' ')
  return Math.round(Number(parts[1]) * 1000 ** power)
}

export function readCount(text: string): number | null {
  return /^\d{1,12}$/.test(text) ? Number(text) : null
}
