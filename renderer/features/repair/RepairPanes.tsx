import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import type { RepairState } from '../../state/repairStore.ts'
import { BytesPane } from './BytesPane.tsx'
import { FixesPane } from './FixesPane.tsx'
import { ProposalPane } from './ProposalPane.tsx'
import { RepairFooter } from './RepairFooter.tsx'
import styles from './RepairScreen.module.css'

export type RepairPanesProps = {
  readonly document: string
  readonly state: RepairState
  readonly plan: RepairPlan
  readonly workspace: Workspace
}

export function RepairPanes({ document, state, plan, workspace }: RepairPanesProps) {
  const isRefreshing = state.planning.kind === 'ready' && state.planning.isRefreshing
  return (
    <>
      <div className={styles.panes} aria-busy={isRefreshing}>
        <section className={styles.bytes} aria-label="The bytes as they are">
          <BytesPane
            plan={plan}
            file={state.file}
            bytes={state.bytes}
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
        onApply={() => void state.apply()}
      />
    </>
  )
}
