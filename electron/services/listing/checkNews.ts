export type CheckNews = {
  /** This row is another than was shown. */
  readonly add: (run: string) => void
  /** Tells what was not told yet. */
  readonly tell: () => void
}

const firstMs = 1000
const mostMs = 15_000

/**
 * [E41] Tells of rows that turned out to be others: the first within a second, then half as often each time. Whoever is told
 * asks for the list again, and while somebody asks next to nothing is checked.
 */
export function createCheckNews(
  tellOf: (runs: readonly string[]) => void,
  now: () => number,
): CheckNews {
  let runs: string[] = []
  let toldAtMs = now()
  let restMs = firstMs
  const tell = (): void => {
    toldAtMs = now()
    restMs = Math.min(restMs * 2, mostMs)
    if (runs.length > 0) tellOf(runs)
    runs = []
  }
  return {
    add: (run) => {
      runs.push(run)
      if (now() - toldAtMs > restMs) tell()
    },
    tell,
  }
}
