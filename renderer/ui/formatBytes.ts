const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Sizes in powers of 1000, as the command line and the rules of a clean-up count; three figures at most: `940 B`, `1.8 kB`, `52 MB`. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit > 0 && value < 10 ? 1 : 0
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`
}
