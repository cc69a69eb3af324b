import { useState } from 'react'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { shownChange } from '../../state/shownChange.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangeBrowser } from '../../ui/ChangeBrowser.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { mendedLines } from '../../ui/mendedLines.ts'
import { ProposedText } from '../../ui/ProposedText.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { shownFixes } from './shownFixes.ts'

export type ProposalPaneProps = {
  readonly plan: RepairPlan
  /** The fix that is looked at. */
  readonly chosen: string | null
  readonly onChoose: (fix: string) => void
}

/** The document as it would be written, and how it differs from what can be read now. */
export function ProposalPane({ plan, chosen, onChoose }: ProposalPaneProps) {
  const mask = useMask()
  const [tab, setTab] = useState<'document' | 'changes'>('document')
  return (
    <Tabs
      label="Proposal"
      tabs={[
        { id: 'document', label: 'Proposed document' },
        { id: 'changes', label: 'Changes', count: plan.changes.length },
      ]}
      selected={tab}
      onSelect={setTab}
    >
      {tab === 'document' && <Proposed plan={plan} chosen={chosen} onChoose={onChoose} />}
      {tab === 'changes' && plan.changes.length === 0 && (
        <EmptyState icon="compare" title="No changes">
          {plan.proposed === null
            ? 'Nothing is proposed.'
            : 'What would be written says the same as what can be read now.'}
        </EmptyState>
      )}
      {tab === 'changes' && plan.changes.length > 0 && (
        <ChangeBrowser changes={plan.changes.map(shownChange).map(masked(mask))} />
      )}
    </Tabs>
  )
}

function Proposed({ plan, chosen, onChoose }: ProposalPaneProps) {
  const mask = useMask()
  const { proposed, places } = plan
  if (proposed === null)
    return (
      <EmptyState icon="ban" title="Nothing is proposed">
        No source is usable as it is chosen, so nothing would be written.
      </EmptyState>
    )
  return (
    <ProposedText
      text={mask.text(proposed.text)}
      sizeBytes={proposed.sizeBytes}
      showLine={places.find(({ fix }) => fix === chosen)?.line ?? null}
      mendedLines={mendedLines(places, shownFixes(plan.fixes, mask), onChoose)}
    />
  )
}
