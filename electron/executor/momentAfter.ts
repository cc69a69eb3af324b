/** The moment so many milliseconds after another one; null where no calendar has it. */
export function momentAfter(from: string, ms: number): string | null {
  const atMs = Date.parse(from) + ms
  return Math.abs(atMs) <= latestMs ? new Date(atMs).toISOString() : null
}

/** A later year has more than four digits, which no record can hold. */
const latestMs = Date.parse('9999-12-31T23:59:59.999Z')
