// One row of the bench: what is measured beside which peer, in the same run, and the ratio that is the goal.

export type BenchRow = {
  readonly id: string
  readonly what: string
  readonly peer: string
  /** Largest ratio that meets the goal; `exactly` for counts; `shown` for what is only shown. */
  readonly goal:
    | { readonly atMost: number }
    | { readonly exactly: number }
    | { readonly shown: true }
  readonly measure: (options: BenchOptions) => Promise<Measured>
}

export type BenchOptions = {
  /** An empty folder on the disk that is measured; removed afterwards. */
  readonly folder: string
  /** A workspace of so many runs, made by the first row that asks for it. It may be looked at and not changed. */
  readonly runs: (count: number) => string
}

export type Measured =
  | {
      readonly ratio: number
      /** The figures behind the ratio, for people. */
      readonly detail: string
    }
  /** The peer is not on this machine: which program, by name. */
  | { readonly missing: string }

export type BenchResult = {
  readonly id: string
  readonly what: string
  readonly peer: string
  /** Null when it could not be measured here. */
  readonly ratio: number | null
  readonly goal: string
  /** Null when it could not be measured here. */
  readonly met: boolean | null
  readonly detail: string
}

export async function runRow(row: BenchRow, options: BenchOptions): Promise<BenchResult> {
  const { id, what, peer, goal } = row
  const measured = await row.measure(options)
  const told = { id, what, peer, goal: goalText(goal) }
  if ('missing' in measured) return { ...told, ratio: null, met: null, detail: measured.missing }
  const { ratio, detail } = measured
  return { ...told, ratio, met: isMet(goal, ratio), detail }
}

function isMet(goal: BenchRow['goal'], ratio: number): boolean {
  if ('exactly' in goal) return ratio === goal.exactly
  return 'shown' in goal || ratio <= goal.atMost
}

function goalText(goal: BenchRow['goal']): string {
  if ('shown' in goal) return 'shown'
  return 'exactly' in goal ? `= ${goal.exactly}` : `<= ${goal.atMost}`
}
