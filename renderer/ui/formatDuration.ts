/** Two units at most: `340 ms`, `4.2 s`, `3 min 20 s`, `5 h 12 min`, `3 d 4 h`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs)
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return two(seconds, 60, 'min', 's')
  if (seconds < 86_400) return two(Math.round(seconds / 60), 60, 'h', 'min')
  return two(Math.round(seconds / 3600), 24, 'd', 'h')
}

/** The larger unit alone: `40 s`, `3 min`, `5 h`, `12 d`. */
export function formatCoarse(durationMs: number): string {
  const wholeMs =
    durationMs < 60_000 ? Math.floor(Math.max(0, durationMs) / 1000) * 1000 : durationMs
  return wholeMs === 0
    ? '0 s'
    : formatDuration(wholeMs).split(' ').slice(0, 2).join(' ').replace(/\.\d+/, '')
}

function two(value: number, base: number, large: string, small: string): string {
  const rest = value % base
  const whole = `${Math.floor(value / base)} ${large}`
  return rest === 0 ? whole : `${whole} ${rest} ${small}`
}
