import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { changeDocument, undoDocument, type DocumentStore } from '../../state/documentStore.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { PlanPanes } from '../../ui/PlanPanes.tsx'
import { ReasonField } from '../../ui/ReasonField.tsx'
import { DocumentOutcome } from './DocumentOutcome.tsx'
import { FilesPane } from './FilesPane.tsx'
import { PlanFooter } from './PlanFooter.tsx'
import { PlanFrame } from './PlanFrame.tsx'
import { SaidNotes } from './SaidNotes.tsx'
import { SaidProblems } from './SaidProblems.tsx'
import styles from './PlanScreen.module.css'

export type ChangeDocumentProps = {
  readonly reference: Ref
  readonly workspace: Workspace
  readonly store: DocumentStore
  readonly verb: string
  readonly icon: IconName
  readonly applyLabel: string
  /** Stands in place of the plan where there is nothing to plan. */
  readonly nothing?: ReactNode
  /** Stands between the header and the plan. */
  readonly banner?: ReactNode
  /** What is chosen, above what the plan says. */
  readonly side?: ReactNode
  /** Why it cannot be done besides what the plan says. */
  readonly whyNot?: string | null
  readonly actions?: ReactNode
  /** The reason that stands there before somebody types another one. */
  readonly usualReason?: string
  readonly commandOf: (reason: string) => string | null
  readonly onDone?: () => void
  /** Drawn in place of the files and what is said of them. */
  readonly children?: (drawn: DrawnPlan) => ReactNode
}

export type DrawnPlan = {
  readonly plan: DocumentPlan
  readonly isBusy: boolean
  readonly onApply: () => void
}

/** The files of another engine's state before and after, what is said of it, and the reason that it needs. */
export function ChangeDocument(props: ChangeDocumentProps) {
  const { reference, workspace, store, verb, icon, applyLabel, commandOf } = props
  const {
    nothing = null,
    banner,
    side,
    whyNot = null,
    actions,
    usualReason = '',
    onDone,
    children,
  } = props
  const client = useClient()
  const { input, planning, notice, work, replan, apply, carry } = useStore(store)
  const [reason, setReason] = useState(usualReason)
  const planned = planning.kind === 'ready' ? planning.planned : null
  const isRefreshing = planning.kind === 'ready' && planning.isRefreshing
  const undo = (backup: string) =>
    void carry(() => undoDocument(client, { ref: reference, backup }))
  const why =
    planned === null
      ? 'It is being planned.'
      : (readOnly(workspace) ??
        whyNot ??
        (isRefreshing ? 'The plan is being made again.' : notReady(planned.plan)) ??
        (reason.trim() === '' ? 'Say why: it stands with the backup.' : null))
  const begin = async () => {
    if (why !== null) return
    await apply((approval) =>
      changeDocument(client, { ref: reference, action: input, reason, ...approval }),
    )
    if (store.getState().work.kind !== 'done') return
    setReason(usualReason)
    onDone?.()
  }
  return (
    <PlanFrame
      verb={verb}
      reference={reference}
      planning={planning}
      nothing={nothing}
      notice={notice}
      outcome={<DocumentOutcome work={work} onUndo={undo} />}
      onRetry={() => void replan()}
    >
      {(plan) => (
        <>
          {banner}
          {children === undefined ? (
            <PlanPanes changes={<FilesPane plan={plan} />} label="The plan" isBusy={isRefreshing}>
              <div className={styles.parts}>
                <SaidProblems plan={plan} />
                {side}
                <SaidNotes plan={plan} />
              </div>
            </PlanPanes>
          ) : (
            children({ plan, isBusy: isRefreshing, onApply: () => void begin() })
          )}
          <PlanFooter
            why={why}
            command={commandOf(reason)}
            label={applyLabel}
            icon={icon}
            isRequested={work.kind === 'requested'}
            onApply={() => void begin()}
          >
            <ReasonField value={reason} onChange={setReason} onSubmit={() => void begin()} />
            {actions}
          </PlanFooter>
        </>
      )}
    </PlanFrame>
  )
}

function readOnly({ writable, readOnlyReason }: Workspace): string | null {
  return writable ? null : (readOnlyReason ?? 'This workspace is read-only.')
}

function notReady({ ready }: DocumentPlan): string | null {
  return ready ? null : 'It cannot be done like this: the plan says what forbids it.'
}
