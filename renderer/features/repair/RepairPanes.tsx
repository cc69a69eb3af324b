import { useRef, useState } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import type { RepairState } from '../../state/repairStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { useWidth } from '../../ui/useWidth.ts'
import { BytesPane } from './BytesPane.tsx'
import { FixesPane } from './FixesPane.tsx'
import { ProposalPane } from './ProposalPane.tsx'
import { RepairFooter } from './RepairFooter.tsx'
import { dangerSentence, repairSentence } from './repairSentence.ts'
import styles from './RepairScreen.module.css'

export type RepairPanesProps = {
  readonly document: string
  readonly state: RepairState
  readonly plan: RepairPlan
  readonly workspace: Workspace
}

export function RepairPanes({ document, state, plan, workspace }: RepairPanesProps) {
  const isRefreshing = state.planning.kind === 'ready' && state.planning.isRefreshing
  const [isAsking, setIsAsking] = useState(false)
  const panes = useRef<HTMLDivElement>(null)
  const width = useWidth(panes)
  const isWide = width === null || width >= wideFrom
  const [side, setSide] = useState<'before' | 'after'>('before')
  const before = (
    <section className={styles.bytes} aria-label="The bytes as they are">
      <BytesPane
        plan={plan}
        file={state.file}
        bytes={state.bytes}
        chosen={state.chosen}
        lookedAt={state.lookedAt}
        onFile={(file) => void state.showFile(file)}
        onLookAt={state.lookAt}
        onEarlier={() => void state.showEarlier()}
        onLater={() => void state.showLater()}
      />
    </section>
  )
  const after = (
    <section className={styles.proposal} aria-label="What would be written">
      <ProposalPane plan={plan} chosen={state.chosen} onChoose={state.choose} />
    </section>
  )
  const ask = () => {
    if (plan.ready && workspace.writable && !isRefreshing) setIsAsking(true)
  }
  return (
    <>
      <div ref={panes} className={styles.panes} data-wide={isWide} aria-busy={isRefreshing}>
        {isWide ? (
          <>
            {before}
            {after}
          </>
        ) : (
          <div className={styles.tabbed}>
            <Tabs
              label="Before and after"
              tabs={[
                { id: 'before', label: 'As it is' },
                { id: 'after', label: 'As it would be' },
              ]}
              selected={side}
              onSelect={setSide}
            >
              {side === 'before' ? before : after}
            </Tabs>
          </div>
        )}
        <section className={styles.fixes} aria-label="Sources and fixes">
          <FixesPane
            plan={plan}
            chosen={state.chosen}
            onChoose={state.choose}
            onApply={ask}
            onSource={state.chooseSource}
            onAccept={state.accept}
            onReject={state.reject}
          />
        </section>
      </div>
      <RepairFooter
        document={document}
        choices={state}
        plan={plan}
        isRefreshing={isRefreshing}
        isRequested={state.work.kind === 'requested'}
        workspace={workspace}
        onApply={ask}
      />
      <ConfirmDialog
        open={isAsking}
        title={`Repair ${document}?`}
        confirm="Repair it"
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false)
          void state.apply()
        }}
      >
        {repairSentence(plan)} {dangerSentence(plan)} The files as they are go to a backup and into
        one file of evidence first, and what is written is checked again. It can be undone.
      </ConfirmDialog>
    </>
  )
}

/** Of a window of 1,280 pixels, without the rail: narrower, bytes and document would be two columns of broken lines. */
const wideFrom = 1000
