import { useState } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { chosenFix, type RepairState } from '../../state/repairStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { BytesPane } from './BytesPane.tsx'
import { FixesPane } from './FixesPane.tsx'
import { ProposalPane } from './ProposalPane.tsx'
import { RepairFooter } from './RepairFooter.tsx'
import { repairSentence } from './repairSentence.ts'
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
  const ask = () => {
    if (plan.ready && workspace.writable && !isRefreshing) setIsAsking(true)
  }
  return (
    <>
      <div className={styles.panes} aria-busy={isRefreshing}>
        <section className={styles.bytes} aria-label="The bytes as they are">
          <BytesPane
            plan={plan}
            file={state.file}
            bytes={state.bytes}
            chosen={chosenFix(state)}
            onFile={(file) => void state.showFile(file)}
            onEarlier={() => void state.showEarlier()}
            onLater={() => void state.showLater()}
          />
        </section>
        <section className={styles.proposal} aria-label="What would be written">
          <ProposalPane plan={plan} />
        </section>
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
        {repairSentence(plan)} The files as they are go to a backup and into one file of evidence
        first, and what is written is checked again. It can be undone.
      </ConfirmDialog>
    </>
  )
}
