import type { Finding } from '../integrity/finding.ts'

const most = 200

/** The first findings; the last of them says how many more there are. */
export function shownFindings(findings: readonly Finding[]): Finding[] {
  const shown = findings.slice(0, most)
  const last = shown.at(-1)
  const more = findings.length - shown.length
  if (last === undefined || more === 0) return shown
  return shown.with(shown.length - 1, {
    ...last,
    sentence: `${last.sentence} (${more} more findings behind it.)`,
  })
}
