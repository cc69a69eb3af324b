import type { RedactionReport } from '../../../shared/core/secrets/redactionReport.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import styles from './ExportDialog.module.css'

export type RedactionRowsProps = { readonly report: RedactionReport | null }

type Row = RedactionReport['rows'][number]

/** Where secrets were taken out, and by which rule; never what they were. */
export function RedactionRows({ report }: RedactionRowsProps) {
  if (report === null)
    return (
      <p className={styles.bare}>
        Nothing is taken out: passwords and tokens stand in the file as they are.
      </p>
    )
  if (report.total === 0) return <p className={styles.sentence}>No secret was found in it.</p>
  return (
    <>
      <p className={styles.sentence}>
        {`Secrets are taken out at ${places(report.total)}`}
        {report.values > 1 && `, ${formatCount(report.values)} different ones`}.
      </p>
      <div className={styles.report}>
        <DataTable label="What is taken out" columns={columns} rows={report.rows} keyOf={keyOf} />
      </div>
      {report.more > 0 && (
        <p className={styles.sentence}>{`and at ${places(report.more)} more.`}</p>
      )}
    </>
  )
}

function places(count: number): string {
  return count === 1 ? 'one place' : `${formatCount(count)} places`
}

function keyOf({ file, place, rule }: Row): string {
  return `${file} ${place} ${rule}`
}

const columns: readonly DataColumn<Row>[] = [
  {
    id: 'place',
    header: 'Place',
    width: 200,
    grow: true,
    cell: ({ place }) => <code title={place}>{place}</code>,
  },
  { id: 'rule', header: 'Rule', width: 110, cell: ({ rule }) => rule },
  {
    id: 'file',
    header: 'File',
    width: 100,
    cell: ({ file }) => <code title={file}>{file.replace(/^runs\/[^/]+\//, '')}</code>,
  },
  {
    id: 'count',
    header: 'Times',
    width: 60,
    align: 'end',
    cell: ({ count }) => formatCount(count),
  },
]
