import { useStore } from 'zustand'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createEngineCleanupStore, readLimits } from '../../state/engineCleanupStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { CleanupOutcome } from './CleanupOutcome.tsx'
import { EngineRules } from './EngineRules.tsx'
import { EnginesPreview } from './EnginesPreview.tsx'
import styles from './CleanupPage.module.css'
import formStyles from './PolicyForm.module.css'

export type EnginesTabProps = { readonly workspace: Workspace }

/** [L211] The state of other engines: their rules and what their own clean-up destroys, then file by file what would go. */
export function EnginesTab({ workspace }: EnginesTabProps) {
  const client = useClient()
  const store = usePageStore('cleanup engines', () => createEngineCleanupStore(client))
  const state = useStore(store)
  const { limits, planning, work, undo } = state
  const { problems } = readLimits(limits)
  const engines = planning.kind === 'ready' ? planning.planned.plan.engines : []
  return (
    <div className={styles.policy}>
      <form
        className={formStyles.form}
        aria-label="Limits for other engines"
        onSubmit={(event) => event.preventDefault()}
      >
        <p className={formStyles.note}>
          The preview lists what each engine’s own rules choose; nothing moves before you confirm.
          What is the only copy of something stays, also where the engine itself would delete it.
        </p>
        <TextField
          label="Older than, in days"
          hint="Empty: as the engine has it"
          type="number"
          value={limits.olderThanDays}
          error={problems.olderThanDays}
          onChange={(olderThanDays) => state.setLimits({ ...limits, olderThanDays })}
        />
        <TextField
          label="Newest states kept"
          hint="Of a workflow or session. Empty: as the engine has it"
          type="number"
          value={limits.keepLatest}
          error={problems.keepLatest}
          onChange={(keepLatest) => state.setLimits({ ...limits, keepLatest })}
        />
        <EngineRules engines={engines} />
      </form>
      <div className={styles.preview}>
        {state.notice !== null && (
          <Banner tone="warn" icon="refresh">
            {state.notice}
          </Banner>
        )}
        <CleanupOutcome
          what="files"
          work={work}
          undo={undo}
          onCancel={state.cancel}
          onUndo={() => void state.undoApply()}
        />
        <EnginesPreview
          limits={limits}
          planning={planning}
          isBusy={work.kind === 'running' || undo.kind === 'running'}
          workspace={workspace}
          onRetry={() => void state.replan()}
          onApply={() => void state.apply()}
        />
      </div>
    </div>
  )
}
