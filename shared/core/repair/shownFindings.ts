import { severities, type Finding } from '../integrity/finding.ts'

const most = 200

/** All of them; of very many the worst, and the last of those says how many more there are. */
export function shownFindings(findings: readonly Finding[]): Finding[] {
  if (findings.length <= most) return [...findings]
  const worst = severities.flatMap((one) => findings.filter(({ severity }) => severity === one))
  const more = findings.length - most
  return worst.slice(0, most).map((finding, index) => {
    if (index < most - 1) return finding
    return { ...finding, sentence: `${finding.sentence} (${more} more findings behind it.)` }
  })
}
