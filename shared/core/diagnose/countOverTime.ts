export type CountedTimes = {
  readonly fromAt: string
  readonly toAt: string
  /** One a bar, the oldest first. */
  readonly counts: readonly number[]
}

/** [G66] How many of these moments fall into each part of the time from the first of them until now; every one is counted. */
export function countOverTime(
  times: readonly string[],
  { now, bars }: { readonly now: string; readonly bars: number },
): CountedTimes | null {
  const moments = times.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time))
  const from = moments.reduce((least, one) => Math.min(least, one), Infinity)
  const to = moments.reduce((most, one) => Math.max(most, one), Date.parse(now))
  if (from === Infinity) return null
  // A minute at least, so that what failed at once is not spread out.
  const width = Math.max(60_000, Math.ceil((to - from + 1) / bars))
  const counts = Array.from({ length: bars }, () => 0)
  for (const one of moments) {
    const bar = bars - 1 - Math.floor((to - one) / width)
    counts[Math.max(0, bar)] = (counts[Math.max(0, bar)] ?? 0) + 1
  }
  return {
    fromAt: new Date(to - width * bars).toISOString(),
    toAt: new Date(to).toISOString(),
    counts,
  }
}
