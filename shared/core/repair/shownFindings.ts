import { severities, type Finding } from '../integrity/finding.ts'

const most = 200

/** All of them; of very many the worst, and the last of those says how many more there are. */
export function shownFindings(findings: readonly Finding[]): Finding[] {
  if (findings.length <= most) return [...findings]
  const worst = severities.flatMap((one) => findings.filter(({ severity }) => severity === one))
  const shown = worst.slice(0, most)
  const last = shown.at(-1)
  const more = findings.length - shown.length
  if (last === undefined) return shown
  return shown.with(shown.length - 1, {
    ...last,
    sentence: `${last.sentence} (${more} more findings behind it.)`,
  })
}
