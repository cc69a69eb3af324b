import { useEffect, useState } from 'react'
import { PageHeader } from '../../../../renderer/ui/PageHeader.tsx'
import { SearchField } from '../../../../renderer/ui/SearchField.tsx'
import { Spinner } from '../../../../renderer/ui/Spinner.tsx'
import type { RunRow } from '../../../../shared/contract/runs.ts'
import { PeerTable } from './PeerTable.tsx'

export type PeerPageProps = { readonly rows: Promise<readonly RunRow[]> }

export function PeerPage({ rows }: PeerPageProps) {
  const [all, setAll] = useState<readonly RunRow[] | null>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    void rows.then(setAll)
  }, [rows])
  return (
    <>
      <PageHeader
        title="All runs"
        actions={<SearchField label="Search runs" value={text} onChange={setText} />}
      />
      {all === null ? <Spinner label="Reading all runs" /> : <PeerTable rows={all} text={text} />}
    </>
  )
}
