import type { DocumentFile, DocumentPlan } from '../../../shared/contract/documents.ts'
import { useMask, type Mask } from '../../state/useMask.ts'
import { ChangeBrowser } from '../../ui/ChangeBrowser.tsx'
import type { ShownChange } from '../../ui/diffLine.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './PlanScreen.module.css'

export type FilesPaneProps = { readonly plan: DocumentPlan }

/** Every file that would be different, before and after, with why it is among them. */
export function FilesPane({ plan }: FilesPaneProps) {
  const mask = useMask()
  const { files } = plan
  return (
    <section className={styles.changes} aria-label="Before and after">
      <h2 className={styles.caption}>
        Before and after ·{' '}
        {files.length === 1 ? '1 file' : `${files.length.toLocaleString('en')} files`}
      </h2>
      {files.length === 0 ? (
        <EmptyState icon="compare" title="No file would be different">
          The plan says why.
        </EmptyState>
      ) : (
        <div className={styles.rows}>
          <ChangeBrowser changes={files.map((file) => changeOf(file, mask))} layout="side" />
        </div>
      )}
    </section>
  )
}

function changeOf(file: DocumentFile, mask: Mask): ShownChange {
  const { path, why, kind, before, after, line, truncated } = file
  return {
    kind,
    path,
    from: null,
    before: before === null ? null : mask.text(before),
    after: after === null ? null : mask.text(after),
    truncated,
    note: `${why} · from line ${line.toLocaleString('en')}`,
  }
}
