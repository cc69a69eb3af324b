import { useState } from 'react'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import { Select } from '../../ui/Select.tsx'
import { RawView, type RawFile } from './RawView.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type RawTabProps = { readonly detail: RunDetail }

/** The bytes as they are. */
export function RawTab({ detail }: RawTabProps) {
  const files = filesOf(detail)
  const [chosen, setChosen] = useState<RawFile | null>(null)
  const file = chosen ?? firstToLookAt(detail, files)
  return (
    <div className={styles.tab}>
      <TabBar>
        File
        <Select
          compact
          label="File"
          value={file}
          options={files.map((value) => ({ value, label: labels[value] }))}
          onChange={setChosen}
        />
        <code>{pathOf(detail, file)}</code>
      </TabBar>
      <div className={styles.content}>
        <RawView key={file} detail={detail} file={file} />
      </div>
    </div>
  )
}

const labels = {
  head: 'Head (the run as one document)',
  journal: 'Journal (record by record)',
  document: 'Document',
} as const satisfies Record<RawFile, string>

function filesOf({ ref }: RunDetail): readonly RawFile[] {
  return isNative(ref) || ref.format === 'unstuck-newer' ? ['head', 'journal'] : ['document']
}

/** Where the damage is; else where there is something. */
function firstToLookAt(detail: RunDetail, files: readonly RawFile[]): RawFile {
  const damaged = files.find((file) => detail.findings.some((finding) => finding.file === file))
  const present = files.find((file) => detail.files.some(({ kind }) => kind === file))
  return damaged ?? present ?? files[0] ?? 'document'
}

function pathOf(detail: RunDetail, file: RawFile): string {
  return detail.files.find(({ kind }) => kind === file)?.path ?? ''
}
