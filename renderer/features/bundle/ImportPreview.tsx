import type { BundleImportPlan, BundleImportRow } from '../../../shared/contract/bundles.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { countOf } from './countOf.ts'
import styles from './Bundle.module.css'

export type ImportPreviewProps = { readonly plan: BundleImportPlan }

/** Who made it, what is whole in it, and which runs would be made. */
export function ImportPreview({ plan }: ImportPreviewProps) {
  const { madeBy, madeAt, source, redacted, sealed, damage, damaged } = plan.bundle
  return (
    <>
      <p className={styles.sentence}>
        {redacted ? 'Secrets are masked' : 'Nothing is masked'}
        {sealed && ', encrypted'}; made <TimeText at={madeAt} /> by {madeBy.application}{' '}
        {madeBy.version} from {source.workspace}.
      </p>
      {damaged > 0 && (
        <section className={styles.warning} role="alert" aria-label="What is not whole">
          <Icon name="broken" size={14} />
          <div>
            {countOf(damaged, 'file is', 'files are')} not whole; what is whole can be imported.
            <ul>
              {damage.slice(0, 20).map(({ file, problem }) => (
                <li key={file}>
                  <code>{file}</code> {problem}
                </li>
              ))}
            </ul>
          </div>
        </section>
      )}
      <div className={styles.table}>
        <DataTable
          label="Runs that would be made"
          columns={columns}
          rows={plan.rows}
          keyOf={({ run }) => run}
        />
      </div>
    </>
  )
}

const columns: readonly DataColumn<BundleImportRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: 120,
    cell: ({ status }) => (status === null ? 'not known' : <StatusWord status={status} />),
  },
  { id: 'run', header: 'Run', width: 300, cell: ({ as }) => <code title={as}>{as}</code> },
  { id: 'workflow', header: 'Workflow', width: 140, cell: ({ workflow }) => workflow },
  {
    id: 'note',
    header: 'To know',
    width: 220,
    grow: true,
    cell: ({ notes, problem }) => {
      const text = problem ?? notes.join(' ')
      return <span title={text}>{text}</span>
    },
  },
  {
    id: 'size',
    header: 'Size',
    width: 80,
    align: 'end',
    cell: ({ sizeBytes }) => formatBytes(sizeBytes),
  },
]
