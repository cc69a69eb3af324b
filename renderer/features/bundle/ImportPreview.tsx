import type { BundleImportPlan, BundleImportRow } from '../../../shared/contract/bundles.ts'
import { DataTable, type DataColumn, type TableSelection } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { countOf } from '../../ui/countOf.ts'
import styles from './Bundle.module.css'

export type ImportPreviewProps = {
  readonly plan: BundleImportPlan
  readonly isNarrowed?: true
  /** Runs that are left out. */
  readonly left: ReadonlySet<string>
  readonly onLeave: (left: ReadonlySet<string>) => void
}

/** Who made it, what is whole in it, and which runs would be made. */
export function ImportPreview({ plan, isNarrowed, left, onLeave }: ImportPreviewProps) {
  const { madeBy, madeAt, source, redacted, sealed, damage, damaged } = plan.bundle
  const { documents = 0 } = plan.bundle
  return (
    <>
      <p className={styles.sentence}>
        {redacted ? 'Secrets are masked' : 'Nothing is masked'}
        {sealed && ', encrypted'}; made <TimeText at={madeAt} /> by {madeBy.application}{' '}
        {madeBy.version} from {source.workspace}.
      </p>
      {documents > 0 && (
        <p className={styles.sentence}>
          {countOf(documents, 'document')} of other engines {documents === 1 ? 'stays' : 'stay'} in
          it: open the bundle to look at {documents === 1 ? 'it' : 'them'}.
        </p>
      )}
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
      {isNarrowed && (
        <p className={styles.warning} role="alert">
          <Icon name="alert" size={14} /> What is left out changes what is to know of the others.
          Look again, and import.
        </p>
      )}
      <div className={styles.table}>
        <DataTable
          label="Runs that would be made"
          columns={columns}
          rows={plan.rows}
          keyOf={({ run }) => run}
          {...(mayChoose(plan) ? { selection: selectionOf(plan, left, onLeave) } : {})}
        />
      </div>
    </>
  )
}

/** A longer list is not shown whole: all of it is imported, or what the command line names. */
function mayChoose({ rows }: BundleImportPlan): boolean {
  return rows.length > 1 && rows.length < mostShown
}

const mostShown = 500

function selectionOf(
  { rows }: BundleImportPlan,
  left: ReadonlySet<string>,
  onLeave: ImportPreviewProps['onLeave'],
): TableSelection<BundleImportRow> {
  const without = (chosen: readonly BundleImportRow[], isLeft: boolean) => {
    const next = new Set(left)
    for (const { run } of chosen)
      if (isLeft) next.add(run)
      else next.delete(run)
    onLeave(next)
  }
  return {
    isPicked: ({ run }) => !left.has(run),
    extent: left.size === 0 ? 'all' : left.size === rows.length ? 'none' : 'some',
    nameOf: ({ run }) => run,
    onToggle: (row) => without([row], !left.has(row.run)),
    onExtend: ({ from, to }) =>
      without(rows.slice(Math.min(from, to), Math.max(from, to) + 1), false),
    onAll: () => without(rows, false),
    onNone: () => without(rows, true),
  }
}

const columns: readonly DataColumn<BundleImportRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: 120,
    cell: ({ status }) => (status === null ? 'not known' : <StatusWord status={status} />),
  },
  { id: 'run', header: 'Run', width: 240, cell: ({ as }) => <code title={as}>{as}</code> },
  { id: 'workflow', header: 'Workflow', width: 140, yields: 1, cell: ({ workflow }) => workflow },
  {
    id: 'note',
    header: 'To know',
    width: 330,
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
