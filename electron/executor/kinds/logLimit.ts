/** How much of a step's log is kept. What may be its result always fits, with room to see that it is too large. */
export function maxLogBytesFor(maxOutput: number): number {
  return Math.max(usualBytes, maxOutput + roomBytes)
}

const usualBytes = 256 * 1024 * 1024
const roomBytes = 64 * 1024
