import type { ExportEnd } from '../../../shared/contract/exports.ts'
import { printable } from '../text/printable.ts'
import { count, size } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'

/** How large it is, what was taken out and where, and what is missing. */
export function describeExport({ sizeBytes, redaction, problems }: ExportEnd): readonly string[] {
  return [
    redaction === null
      ? `${size(sizeBytes)}, with all secrets that are in it`
      : `${size(sizeBytes)}, ${count(redaction.total, 'secret')} taken out`,
    ...section(
      'Redacted',
      table(
        (redaction?.rows ?? [])
          .slice(0, shownRows)
          .map(({ file, place, rule, count: times }) => [
            printable(file),
            printable(place),
            printable(rule),
            times === 1 ? '' : `${times} times`,
          ]),
      ),
    ),
    ...moreOf(redaction),
    ...section('Missing', table(problems.map(({ run, sentence }) => [run, printable(sentence)]))),
  ]
}

const shownRows = 20

function moreOf(redaction: ExportEnd['redaction']): readonly string[] {
  if (redaction === null) return []
  const left = redaction.rows.length - shownRows + redaction.more
  return left > 0 ? [`and at ${count(left, 'more place')}; --json has them`] : []
}
