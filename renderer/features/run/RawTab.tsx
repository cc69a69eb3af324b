import { useState } from 'react'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/Select.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import type { RawFile } from '../../state/route.ts'
import type { RunRoute } from './RunPage.tsx'
import { RawView } from './RawView.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type RawTabProps = { readonly route: RunRoute; readonly detail: RunDetail }

/** The bytes as they are. */
export function RawTab({ route, detail }: RawTabProps) {
  const { replace } = useNavigation()
  const files = filesOf(detail)
  const [chosen, setChosen] = useState<RawFile | null>(null)
  const asked = files.find((one) => one === route.raw?.file)
  const file = asked ?? chosen ?? firstToLookAt(detail, files)
  const choose = (next: RawFile) => {
    setChosen(next)
    const { raw: _, ...rest } = route
    replace(rest)
  }
  return (
    <div className={styles.tab}>
      <TabBar>
        File
        <Select
          compact
          label="File"
          value={file}
          options={files.map((value) => ({ value, label: labels[value] }))}
          onChange={choose}
        />
        <code>{pathOf(detail, file)}</code>
      </TabBar>
      <div className={styles.content}>
        {isPresent(detail, file) ? (
          <RawView
            key={file}
            detail={detail}
            file={file}
            at={asked === undefined ? null : (route.raw?.byte ?? null)}
          />
        ) : (
          <EmptyState icon="file" title={`No ${file}`}>
            This run has no such file: it is missing, or was never written.
          </EmptyState>
        )}
      </div>
    </div>
  )
}

const labels = {
  head: 'Head (the run as one document)',
  journal: 'Journal (record by record)',
  document: 'Document',
} as const satisfies Record<RawFile, string>

function filesOf(detail: RunDetail): readonly RawFile[] {
  return isPresent(detail, 'document') ? ['document'] : ['head', 'journal']
}

/** Where the damage is; else where there is something. */
function firstToLookAt(detail: RunDetail, files: readonly RawFile[]): RawFile {
  const present = files.filter((file) => isPresent(detail, file))
  const damaged = present.find((file) => detail.findings.some((finding) => finding.file === file))
  return damaged ?? present[0] ?? files[0] ?? 'document'
}

function isPresent(detail: RunDetail, file: RawFile): boolean {
  return detail.files.some(({ kind }) => kind === file)
}

function pathOf(detail: RunDetail, file: RawFile): string {
  return detail.files.find(({ kind }) => kind === file)?.path ?? ''
}
