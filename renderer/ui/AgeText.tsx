import { formatDuration } from './formatDuration.ts'
import { useNow } from './useNow.ts'

export type AgeTextProps = {
  readonly since: string | null
  /** Null: until now, and counting. */
  readonly until?: string | null
}

/** The time between two moments, or since one. */
export function AgeText({ since, until = null }: AgeTextProps) {
  const now = useNow(until === null ? 1000 : 0)
  const start = since === null ? Number.NaN : Date.parse(since)
  const end = until === null ? now : Date.parse(until)
  if (Number.isNaN(start) || Number.isNaN(end)) return <span aria-label="none">–</span>
  return <span title={`${since} to ${until ?? 'now'}`}>{formatDuration(end - start)}</span>
}
