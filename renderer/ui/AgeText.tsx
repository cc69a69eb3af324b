import { formatCoarse, formatDuration } from './formatDuration.ts'
import { useNow } from './useNow.ts'

export type AgeTextProps = {
  readonly since: string | null
  /** Null: until now, and counting. */
  readonly until?: string | null
  /** One unit is enough for an age that is read at a glance. */
  readonly precision?: 'exact' | 'coarse'
}

/** The time between two moments, or since one. */
export function AgeText({ since, until = null, precision = 'exact' }: AgeTextProps) {
  const now = useNow(until === null ? 1000 : 0)
  const start = since === null ? Number.NaN : Date.parse(since)
  const end = until === null ? now : Date.parse(until)
  if (Number.isNaN(start) || Number.isNaN(end)) return <span aria-label="none">–</span>
  const words = precision === 'coarse' ? formatCoarse(end - start) : formatDuration(end - start)
  return <span title={`${since} to ${until ?? 'now'}`}>{words}</span>
}
