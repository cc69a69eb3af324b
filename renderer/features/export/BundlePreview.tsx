import type {
  BundleExportPlan,
  ExportDocumentRow,
  ExportRow,
} from '../../../shared/contract/bundles.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { countOf } from '../../ui/countOf.ts'
import { RedactionRows } from './RedactionRows.tsx'
import styles from './ExportDialog.module.css'

export type BundlePreviewProps = { readonly plan: BundleExportPlan }

/** Runs, files and bytes, what is masked where, and what is left out and why. */
export function BundlePreview({ plan }: BundlePreviewProps) {
  const { documents = [] } = plan
  const taken = documents.filter(({ problem }) => problem === null).length
  return (
    <>
      <p className={styles.sentence}>
        {[
          ...(plan.runs > 0 || documents.length === 0 ? [countOf(plan.runs, 'run')] : []),
          ...(documents.length > 0 ? [`${countOf(taken, 'document')} of other engines`] : []),
        ].join(', ')}
        , {countOf(plan.files, 'file')}, {formatBytes(plan.sizeBytes)} before compression.
      </p>
      <div className={styles.runs}>
        <DataTable
          label="Runs of the bundle"
          columns={columns}
          rows={[...plan.rows.map(ofRun), ...documents.map(ofDocument)]}
          keyOf={({ id }) => id}
        />
      </div>
      <RedactionRows report={plan.redacted ? plan.redaction : null} />
    </>
  )
}

type Row = Pick<ExportRow, 'note' | 'problem' | 'files' | 'sizeBytes'> & {
  /** Of a run, or where a document lies. */
  readonly id: string
  readonly how: string
}

function ofRun({ form, ...row }: ExportRow): Row {
  return { ...row, how: forms[form] }
}

function ofDocument({ document, form, ...row }: ExportDocumentRow): Row {
  return { ...row, id: document, how: forms[form] }
}

const forms = {
  exact: 'as it is',
  resealed: 'without its secrets',
  'as-found': 'damaged, as it is',
  masked: 'without its secrets',
} as const

const columns: readonly DataColumn<Row>[] = [
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
    cell: ({ how, note, problem }) => (
      <span title={problem ?? note ?? undefined}>
        {problem === null ? how : `left out: ${problem}`}
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
