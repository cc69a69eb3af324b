// A fault campaign is a row of numbered cases; each is made from its number and a seed alone, so any part of it can be run again.

export type Campaign = {
  readonly name: string
  /** What one case is. */
  readonly unit: string
  readonly sizes: { readonly test: number; readonly full: number }
  /** Cases that are worked on together: what was cut goes on behind the last whole piece. */
  readonly piece: number
  /** Why it cannot run on this machine; null when it can. */
  readonly obstacle: () => string | null
  /** The most that a measure may be where the campaign alone has the machine: at full size, not among other tests. */
  readonly limits?: Readonly<Record<string, number>>
  run(options: CampaignOptions): Promise<void>
}

/** Cases `from` to `to`, without `to`. */
export type CampaignOptions = {
  readonly from: number
  readonly to: number
  readonly seed: number
  readonly report: Report
}

export interface Report {
  /** Something that must never happen, and all that is needed to see it again. */
  violation(index: number, sentence: string): void
  count(what: string, by?: number): void
  /** A duration, in milliseconds. */
  measure(what: string, ms: number): void
}

export type Outcome = {
  readonly violations: readonly { readonly index: number; readonly sentence: string }[]
  readonly counts: Readonly<Record<string, number>>
  readonly measures: Readonly<Record<string, readonly number[]>>
}

export function createReport(): { readonly report: Report; readonly outcome: () => Outcome } {
  const violations: { index: number; sentence: string }[] = []
  const counts = new Map<string, number>()
  const measures = new Map<string, number[]>()
  return {
    report: {
      violation: (index, sentence) => violations.push({ index, sentence }),
      count: (what, by = 1) => counts.set(what, (counts.get(what) ?? 0) + by),
      measure: (what, ms) => measures.set(what, [...(measures.get(what) ?? []), ms]),
    },
    outcome: () => ({
      violations,
      counts: Object.fromEntries(counts),
      measures: Object.fromEntries(measures),
    }),
  }
}

/** Runs every case of a campaign, or the part that is asked for, in this process. */
export async function runCampaign(
  campaign: Campaign,
  options: Omit<CampaignOptions, 'report'>,
): Promise<Outcome> {
  const { report, outcome } = createReport()
  await campaign.run({ ...options, report })
  return outcome()
}

export function noObstacle(): null {
  return null
}
