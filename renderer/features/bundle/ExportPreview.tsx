import type { BundleExportPlan, ExportRow } from '../../../shared/contract/bundles.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { Icon } from '../../ui/Icon.tsx'
import { countOf } from './countOf.ts'
import { RedactionList } from './RedactionList.tsx'
import styles from './Bundle.module.css'

export type ExportPreviewProps = { readonly plan: BundleExportPlan }

/** Runs, files and bytes, what is masked where, and what is left out and why. */
export function ExportPreview({ plan }: ExportPreviewProps) {
  return (
    <>
      <p className={styles.sentence}>
        {countOf(plan.runs, 'run')}, {countOf(plan.files, 'file')}, {formatBytes(plan.sizeBytes)}{' '}
        before compression.
      </p>
      <div className={styles.table}>
        <DataTable
          label="Runs of the bundle"
          columns={columns}
          rows={plan.rows}
          keyOf={({ id }) => id}
        />
      </div>
      {plan.redacted ? (
        <RedactionList report={plan.redaction} />
      ) : (
        <p className={styles.warning} role="alert">
          <Icon name="alert" size={14} /> Nothing is masked: whoever has the file, and its
          passphrase where it has one, reads every secret in it.
        </p>
      )}
    </>
  )
}

const forms = {
  exact: 'as it is',
  resealed: 'masked',
  'as-found': 'damaged, masked as text',
} as const

const columns: readonly DataColumn<ExportRow>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 220,
    grow: true,
    cell: ({ id }) => <code title={id}>{id}</code>,
  },
  {
    id: 'form',
    header: 'How',
    width: 150,
    cell: ({ form, note, problem }) => (
      <span title={problem ?? note ?? undefined}>
        {problem === null ? forms[form] : `left out: ${problem}`}
      </span>
    ),
  },
  {
    id: 'files',
    header: 'Files',
    width: 60,
    align: 'end',
    cell: ({ files }) => formatCount(files),
  },
  {
    id: 'size',
    header: 'Size',
    width: 80,
    align: 'end',
    cell: ({ sizeBytes }) => formatBytes(sizeBytes),
  },
]
