import { useState } from 'react'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { shownChange } from '../../state/shownChange.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangeBrowser } from '../../ui/ChangeBrowser.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import styles from './RepairScreen.module.css'

export type ProposalPaneProps = { readonly plan: RepairPlan }

/** The document as it would be written, and how it differs from what can be read now. */
export function ProposalPane({ plan }: ProposalPaneProps) {
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
      {tab === 'document' && <Proposed proposed={plan.proposed} />}
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

function Proposed({ proposed }: Pick<RepairPlan, 'proposed'>) {
  const mask = useMask()
  if (proposed === null)
    return (
      <EmptyState icon="ban" title="Nothing is proposed">
        No source is usable as it is chosen, so nothing would be written.
      </EmptyState>
    )
  const isCut = proposed.text.length < proposed.sizeBytes && proposed.sizeBytes > shownBytes
  return (
    <div className={styles.window}>
      <div className={styles.code}>
        <CodeText label="Proposed document" text={mask.text(proposed.text)} wrap />
      </div>
      <p className={styles.note}>
        {isCut
          ? `Its beginning, of ${formatBytes(proposed.sizeBytes)}`
          : formatBytes(proposed.sizeBytes)}
      </p>
    </div>
  )
}

/** The contract gives at most this much of it. */
const shownBytes = 262_144
