import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'

/** Two lines a finding: what is wrong and where, then what can be done about it. */
export function describeFindings(findings: readonly Finding[], paint: Paint): readonly string[] {
  return findings.flatMap((finding) => [
    `${paintStatus(paint, finding.severity)} ${finding.rule} ${printable(finding.sentence)} (${placeOf(finding)})`,
    ...(finding.remedy === null ? [] : [`  ${printable(finding.remedy)}`]),
  ])
}

type Place = Pick<Finding, 'file' | 'line' | 'column' | 'offset' | 'pointer'>

export function placeOf({ file, line, column, offset, pointer }: Place): string {
  const parts = [
    file,
    line === null ? null : `line ${line}${column === null ? '' : `, column ${column}`}`,
    offset === null ? null : `byte ${offset}`,
    pointer === null || pointer === '' ? null : printable(pointer),
  ]
  return parts.filter((part) => part !== null).join(', ')
}
