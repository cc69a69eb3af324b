/** Time between two moments, in milliseconds. */
export type Span = { readonly startMs: number; readonly endMs: number }

/** A long stretch in which nothing happened, drawn short. */
export type IdleGap = Span & { readonly startShare: number; readonly endShare: number }

export type TimeScale = {
  /** Where a moment is drawn, from 0 (start) to 1 (end). */
  readonly toShare: (ms: number) => number
  /** The moment that is drawn there. */
  readonly toMs: (share: number) => number
  readonly gaps: readonly IdleGap[]
  /** Pauses that would be drawn short, and are drawn in full because somebody wants to see them. */
  readonly opened: readonly IdleGap[]
  /** What part of the whole a millisecond takes outside of the gaps. */
  readonly perMs: number
  readonly startMs: number
  readonly endMs: number
}

const gapShare = 0.05
/** However many pauses there are, what happened has most of the room. */
const mostGapsShare = 0.4
/** A pause is drawn short when it is that much longer than everything that happened. */
const longPause = 0.5
const shortestGapMs = 5000

/** A scale on which whatever happened has room, however long the pauses between were. `open`: begins of pauses drawn in full. */
export function createTimeScale(
  spans: readonly Span[],
  open: ReadonlySet<number> = new Set(),
): TimeScale {
  const busy = mergeSpans(spans)
  const startMs = busy[0]?.startMs ?? 0
  const endMs = Math.max(busy.at(-1)?.endMs ?? 1, startMs + 1)
  const pauses = pausesBetween(busy)
  const busyMs = busy.reduce((sum, span) => sum + span.endMs - span.startMs, 0)
  const isLong = ({ startMs: from, endMs: to }: Span) =>
    to - from > Math.max(shortestGapMs, busyMs * longPause)
  const allLong = pauses.filter(isLong)
  const long = allLong.filter((gap) => !open.has(gap.startMs))
  const shownMs = endMs - startMs - long.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0)
  const eachShare = Math.min(gapShare, mostGapsShare / Math.max(1, long.length))
  const perMs = (1 - long.length * eachShare) / Math.max(1, shownMs)

  const toShare = (ms: number): number => {
    const at = Math.min(endMs, Math.max(startMs, ms))
    let drawn = (at - startMs) * perMs
    for (const gap of long) {
      if (at <= gap.startMs) break
      const lengthMs = gap.endMs - gap.startMs
      const passed = Math.min(1, (at - gap.startMs) / lengthMs)
      drawn += passed * (eachShare - lengthMs * perMs)
    }
    return Math.min(1, Math.max(0, drawn))
  }
  const placed = (gap: Span): IdleGap => ({
    ...gap,
    startShare: toShare(gap.startMs),
    endShare: toShare(gap.endMs),
  })
  const gaps = long.map(placed)
  return {
    toShare,
    toMs: (share) => inverse(share, { startMs, perMs, gaps }),
    gaps,
    opened: allLong.filter((gap) => open.has(gap.startMs)).map(placed),
    perMs,
    startMs,
    endMs,
  }
}

/** Spans in order, those that touch made into one. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1)
    if (last && span.startMs <= last.endMs) {
      merged[merged.length - 1] = { ...last, endMs: Math.max(last.endMs, span.endMs) }
    } else merged.push(span)
  }
  return merged
}

function pausesBetween(busy: readonly Span[]): readonly Span[] {
  return busy.slice(1).map((span, index) => ({
    startMs: busy[index]?.endMs ?? span.startMs,
    endMs: span.startMs,
  }))
}

type Drawn = {
  readonly startMs: number
  readonly perMs: number
  readonly gaps: readonly IdleGap[]
}

function inverse(share: number, { startMs, perMs, gaps }: Drawn): number {
  let fromMs = startMs
  let fromShare = 0
  for (const gap of gaps) {
    if (share <= gap.startShare) break
    if (share < gap.endShare) {
      const passed = (share - gap.startShare) / (gap.endShare - gap.startShare)
      return gap.startMs + passed * (gap.endMs - gap.startMs)
    }
    fromMs = gap.endMs
    fromShare = gap.endShare
  }
  return fromMs + (share - fromShare) / perMs
}
