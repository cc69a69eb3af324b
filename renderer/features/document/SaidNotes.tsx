import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import { SaidList } from './SaidList.tsx'

/** What else is to be known of a plan, and what is found in the files as they are. */
export function SaidNotes({ plan }: { readonly plan: Pick<DocumentPlan, 'notes' | 'findings'> }) {
  return (
    <>
      <SaidList title="To know" tone="neutral" sentences={plan.notes} />
      <SaidList
        title="Findings now"
        tone="warn"
        sentences={plan.findings.map(({ sentence }) => sentence)}
      />
    </>
  )
}
