/** Counts as one line of small bars; nothing is drawn for none. */
export function errorBars(counts: readonly number[]): string {
  const most = Math.max(1, ...counts)
  return counts.map((count) => marks[Math.ceil((count / most) * (marks.length - 1))]).join('')
}

const marks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
