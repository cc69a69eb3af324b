import { useState } from 'react'
import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import { useMask } from '../../state/useMask.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { ShownFix } from '../../ui/FixItem.tsx'
import { mendedLines } from '../../ui/mendedLines.ts'
import { ProposedText } from '../../ui/ProposedText.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { FilesPane } from './FilesPane.tsx'

export type DocumentProposalProps = {
  readonly plan: DocumentPlan
  readonly fixes: readonly ShownFix[]
  /** The fix that is looked at. */
  readonly chosen: string | null
  readonly onChoose: (fix: string) => void
}

/** The document as it would be, and every file that would be different. */
export function DocumentProposal({ plan, fixes, chosen, onChoose }: DocumentProposalProps) {
  const mask = useMask()
  const [tab, setTab] = useState<'document' | 'files'>('document')
  const { proposed = null, places = [], files } = plan
  return (
    <Tabs
      label="Proposal"
      tabs={[
        { id: 'document', label: 'Proposed document' },
        { id: 'files', label: 'Files', count: files.length },
      ]}
      selected={tab}
      onSelect={setTab}
    >
      {tab === 'files' && <FilesPane plan={plan} layout="inline" />}
      {tab === 'document' && proposed === null && (
        <EmptyState icon="ban" title="Nothing is proposed">
          {files.length === 0
            ? 'The plan says why.'
            : 'The document itself would go: the files that change are told beside.'}
        </EmptyState>
      )}
      {tab === 'document' && proposed !== null && (
        <ProposedText
          text={mask.text(proposed.text)}
          sizeBytes={proposed.sizeBytes}
          showLine={places.find(({ fix }) => fix === chosen)?.line ?? null}
          mendedLines={mendedLines(places, fixes, onChoose)}
        />
      )}
    </Tabs>
  )
}
