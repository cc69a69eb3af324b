import type { CallOutput } from '../../../shared/contract/contract.ts'
import { Banner } from '../../ui/Banner.tsx'

export type OddLinesProps = {
  readonly findings: CallOutput<'operations.list'>['findings']
}

/** Lines of the log that are no operation: they stay as they are, and are told with their place. */
export function OddLines({ findings }: OddLinesProps) {
  const [first] = findings
  if (first === undefined) return null
  const more = findings.length === 1 ? '' : ` And ${findings.length - 1} more.`
  return (
    <Banner tone="warn" icon="broken">
      {first.file}, byte {first.offset.toLocaleString('en')}: {first.sentence} It is left as it is.
      {more}
    </Banner>
  )
}
