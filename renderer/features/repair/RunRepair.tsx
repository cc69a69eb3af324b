import { useState } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import type { RepairState } from '../../state/repairStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { RepairPanes } from '../../ui/RepairPanes.tsx'
import { BytesPane } from './BytesPane.tsx'
import { FixesPane } from './FixesPane.tsx'
import { ProposalPane } from './ProposalPane.tsx'
import { RepairFooter } from './RepairFooter.tsx'
import { dangerSentence, repairSentence } from './repairSentence.ts'

export type RunRepairProps = {
  readonly document: string
  readonly state: RepairState
  readonly plan: RepairPlan
  readonly workspace: Workspace
}

/** The repair of a run that is planned: what it is made of, and the question before it is done. */
export function RunRepair({ document, state, plan, workspace }: RunRepairProps) {
  const isRefreshing = state.planning.kind === 'ready' && state.planning.isRefreshing
  const [isAsking, setIsAsking] = useState(false)
  const ask = () => {
    if (plan.ready && workspace.writable && !isRefreshing) setIsAsking(true)
  }
  return (
    <>
      <RepairPanes
        isBusy={isRefreshing}
        before={
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
        }
        after={<ProposalPane plan={plan} chosen={state.chosen} onChoose={state.choose} />}
      >
        <FixesPane
          plan={plan}
          chosen={state.chosen}
          asked={isRefreshing ? state.rejected : null}
          onChoose={state.choose}
          onApply={ask}
          onSource={state.chooseSource}
          onAccept={state.accept}
          onReject={state.reject}
        />
      </RepairPanes>
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
