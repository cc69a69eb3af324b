import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { time } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { describeFindings } from './findings.ts'

export function describeHistory(
  output: CallOutput<'run.history'>,
  paint: Paint,
): readonly string[] {
  const rows = output.records.map((record) => [
    String(record.seq),
    time(record.at),
    printable(record.type),
    printable(record.sentence),
  ])
  const left = output.total - output.records.length
  return [
    ...table([['SEQ', 'AT', 'RECORD', 'WHAT'], ...rows]),
    ...(left > 0 ? [`${left} more: --limit ${Math.min(500, output.total)}`] : []),
    ...section('Flaws of the journal', describeFindings(output.flaws, paint)),
  ]
}
