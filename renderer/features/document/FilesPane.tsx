import type { DocumentFile, DocumentPlan } from '../../../shared/contract/documents.ts'
import { useMask, type Mask } from '../../state/useMask.ts'
import { ChangesPane } from '../../ui/ChangesPane.tsx'
import type { DiffLayout } from '../../ui/DiffRow.tsx'
import type { ShownChange } from '../../ui/diffLine.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

export type FilesPaneProps = {
  readonly plan: DocumentPlan
  readonly layout?: DiffLayout
}

/** Every file that would be different, before and after, with why it is among them. */
export function FilesPane({ plan, layout = 'side' }: FilesPaneProps) {
  const mask = useMask()
  const { files } = plan
  return (
    <ChangesPane
      label="Before and after"
      layout={layout}
      caption={`Before and after · ${files.length === 1 ? '1 file' : `${files.length.toLocaleString('en')} files`}`}
      changes={files.map((file) => changeOf(file, mask))}
      nothing={
        <EmptyState icon="compare" title="No file would be different">
          The plan says why.
        </EmptyState>
      }
    />
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
