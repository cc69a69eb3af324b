// One row of the bench: what is measured beside which peer, in the same run, and the ratio that is the goal.

export type BenchRow = {
  readonly id: string
  readonly what: string
  readonly peer: string
  /** Largest ratio that meets the goal; `exactly` for counts. */
  readonly goal: { readonly atMost: number } | { readonly exactly: number }
  readonly measure: (options: BenchOptions) => Promise<Measured>
}

export type BenchOptions = {
  /** An empty folder on the disk that is measured; removed afterwards. */
  readonly folder: string
}

export type Measured = {
  readonly ratio: number
  /** The figures behind the ratio, for people. */
  readonly detail: string
}

export type BenchResult = {
  readonly id: string
  readonly what: string
  readonly peer: string
  readonly ratio: number
  readonly goal: string
  readonly met: boolean
  readonly detail: string
}

export async function runRow(row: BenchRow, options: BenchOptions): Promise<BenchResult> {
  const { ratio, detail } = await row.measure(options)
  const { id, what, peer, goal } = row
  const met = 'exactly' in goal ? ratio === goal.exactly : ratio <= goal.atMost
  return { id, what, peer, ratio, goal: goalText(goal), met, detail }
}

function goalText(goal: BenchRow['goal']): string {
  return 'exactly' in goal ? `= ${goal.exactly}` : `<= ${goal.atMost}`
}
