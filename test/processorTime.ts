// What work costs by the processor's own count: other programs, and how fast a machine is, change a ratio of two costs little.

/**
 * Microseconds of this thread's processor time, the least of some tries. Each try repeats the work until the count, which goes on
 * by hundredths of a second, can tell it.
 */
export function costOf(work: () => void, tries = 3): number {
  return Math.min(
    ...Array.from({ length: tries }, () => {
      const began = process.threadCpuUsage()
      let times = 0
      do {
        work()
        times += 1
      } while (since(began) < shortestTryUs)
      return since(began) / times
    }),
  )
}

const shortestTryUs = 50_000

/** What was used since then by this thread. */
export function since(began: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(began)
  return user + system
}

/** How much more four times as much is: 4 where the cost grows as the size does, 16 where it is squared. */
export function growth(
  work: (size: number) => () => void,
  { size, tries = 3 }: { readonly size: number; readonly tries?: number },
): number {
  return costOf(work(size), tries) / costOf(work(size / 4), tries)
}
