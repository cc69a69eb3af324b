import { useId } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { ResumeBatchPlan } from '../../../shared/core/batch/resumeBatchPlan.ts'
import { resumeManyCommand } from '../../state/batchCommands.ts'
import { paceOf, type ResumeManyState } from '../../state/resumeManyStore.ts'
import type { Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { runCount } from './batchText.ts'
import styles from './ResumeManyPage.module.css'

export type ManyFooterProps = {
  readonly plan: ResumeBatchPlan
  readonly state: ResumeManyState
  readonly route: Route & { readonly kind: 'resumeMany' }
  readonly workspace: Workspace
  readonly onStart: () => void
}

/** What would begin, and the one button that begins it. */
export function ManyFooter({ plan, state, route, workspace, onStart }: ManyFooterProps) {
  const id = useId()
  const mask = useMask()
  const { workspace: store } = useStores()
  const { choices, planning, isStarting } = state
  const pace = paceOf(choices)
  const isRefreshing = planning.kind === 'ready' && planning.isRefreshing
  const reason = whyNot(plan, workspace, pace === null)
  const command = resumeManyCommand(route, choices)
  const ready = plan.counts.ready ?? 0
  return (
    <ActionBar
      actions={
        <>
          <CopyCommand text={command} shown={mask.text(command)} />
          {workspace.writable && !workspace.trusted ? (
            <Button variant="primary" icon="shield" onClick={() => store.getState().askTrust(true)}>
              Trust this workspace…
            </Button>
          ) : (
            <Button
              variant="primary"
              icon="play"
              busy={isStarting || isRefreshing}
              disabled={reason !== null && !isRefreshing}
              aria-describedby={id}
              onClick={onStart}
            >
              {labelOf(Math.min(pace?.canary ?? 0, ready), ready)}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.summary}>
        <p className={styles.sentence}>{sentenceOf(plan, pace?.canary ?? 0)}</p>
        <p id={id} className={styles.why} aria-live="polite">
          {reason !== null && (
            <>
              <Icon name="info" size={14} /> {reason}
            </>
          )}
        </p>
      </div>
    </ActionBar>
  )
}

function labelOf(canary: number, ready: number): string {
  if (canary === 0) return `Resume ${runCount(ready)}`
  return canary === 1 ? 'Resume 1 as a canary' : `Resume ${canary} as canaries`
}

function sentenceOf({ counts, steps }: ResumeBatchPlan, canary: number): string {
  const ready = counts.ready ?? 0
  const rest = Math.max(0, ready - canary)
  const then = canary > 0 && rest > 0 ? ` Then it waits for you, before the other ${rest}.` : ''
  return `${runCount(ready)} would go on, with ${steps} ${steps === 1 ? 'step' : 'steps'} to run.${then}`
}

function whyNot(
  { counts, ready }: ResumeBatchPlan,
  { writable, readOnlyReason, trusted }: Workspace,
  isPaceWrong: boolean,
): string | null {
  if (!writable) return readOnlyReason ?? 'This workspace is read-only.'
  // The banner of the workspace says why, and the button what to do.
  if (!trusted) return null
  if (isPaceWrong) return 'Canary and limit are whole numbers.'
  if (ready) return null
  return (counts.asks ?? 0) > 0
    ? 'Decide about the questions first: none of these runs goes on without.'
    : 'None of these runs can be resumed as it is.'
}
