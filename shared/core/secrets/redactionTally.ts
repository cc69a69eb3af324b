import type { RedactionReport, RedactionRow } from './redactionReport.ts'

export type RedactionTally = {
  readonly add: (one: Omit<RedactionRow, 'count'>) => void
  readonly report: (values: number) => RedactionReport
}

/** Counts places; of more than 1,000 the first are named. */
export function createRedactionTally(): RedactionTally {
  const rows = new Map<string, { rule: string; file: string; place: string; count: number }>()
  const rules = new Map<string, number>()
  let total = 0
  let more = 0
  return {
    add: ({ rule, file, place }) => {
      total += 1
      rules.set(rule, (rules.get(rule) ?? 0) + 1)
      const key = `${file}\n${place}\n${rule}`
      const row = rows.get(key)
      if (row !== undefined) row.count += 1
      else if (rows.size < maxRows) rows.set(key, { rule, file, place, count: 1 })
      else more += 1
    },
    report: (values) => ({
      total,
      values,
      rules: [...rules]
        .map(([rule, count]) => ({ rule, count }))
        .toSorted((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)),
      rows: [...rows.values()].map((row) => ({ ...row })),
      more,
    }),
  }
}

const maxRows = 1000
