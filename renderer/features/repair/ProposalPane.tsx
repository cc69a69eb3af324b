import { useState } from 'react'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { shownChange } from '../../state/shownChange.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangeBrowser } from '../../ui/ChangeBrowser.tsx'
import type { MendedLine } from '../../ui/CodeLine.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import styles from './RepairScreen.module.css'

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
  const isCut = proposed.text.length < proposed.sizeBytes && proposed.sizeBytes > shownBytes
  return (
    <div className={styles.window}>
      <div className={styles.code}>
        <CodeText
          label="Proposed document"
          text={mask.text(proposed.text)}
          showLine={places.find(({ fix }) => fix === chosen)?.line ?? null}
          mendedLines={mendedLines(plan, onChoose)}
          wrap
        />
      </div>
      <p className={styles.note}>
        {isCut
          ? `Its beginning, of ${formatBytes(proposed.sizeBytes)}`
          : formatBytes(proposed.sizeBytes)}
      </p>
    </div>
  )
}

/** By line what was set right in it; the first fix of a line stands for the others. */
function mendedLines(
  { places, fixes }: RepairPlan,
  onChoose: (fix: string) => void,
): ReadonlyMap<number, MendedLine> {
  const lines = new Map<number, MendedLine>()
  for (const { fix: id, line } of places) {
    const fix = fixes.find((one) => one.id === id)
    if (fix === undefined || !fix.accepted || lines.has(line)) continue
    lines.set(line, { title: fix.sentence, onChoose: () => onChoose(id) })
  }
  return lines
}

/** The contract gives at most this much of it. */
const shownBytes = 262_144
