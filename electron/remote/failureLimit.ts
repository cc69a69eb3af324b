export type FailureLimit = {
  readonly isBlocked: (address: string) => boolean
  readonly fail: (address: string) => void
}

export type FailureLimitOptions = {
  readonly maxFailures: number
  readonly windowMs: number
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number
}

/** Blocks an address after too many failures, until the window since its first one has passed. */
export function createFailureLimit(options: FailureLimitOptions): FailureLimit {
  const failures = new Map<string, { readonly sinceMs: number; count: number }>()
  return {
    isBlocked: (address) => (current(address)?.count ?? 0) >= options.maxFailures,
    fail: (address) => {
      forgetOld()
      const entry = current(address) ?? { sinceMs: options.nowMs(), count: 0 }
      failures.set(address, { ...entry, count: entry.count + 1 })
    },
  }

  function current(address: string): { readonly sinceMs: number; count: number } | undefined {
    const entry = failures.get(address)
    return entry && options.nowMs() - entry.sinceMs < options.windowMs ? entry : undefined
  }

  function forgetOld(): void {
    for (const address of failures.keys()) {
      if (!current(address)) failures.delete(address)
    }
  }
}
