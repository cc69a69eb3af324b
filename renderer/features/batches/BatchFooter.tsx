import { useState } from 'react'
import type { BatchSummary } from '../../../shared/contract/resumeBatch.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { batchCommand } from '../../state/batchCommands.ts'
import { failedOf, type BatchJobState } from '../../state/batchJobStore.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { runCount } from './batchText.ts'
import styles from './BatchPage.module.css'

export type BatchFooterProps = {
  readonly batch: BatchSummary
  readonly state: BatchJobState
  readonly workspace: Workspace
}

/** What a person can say to it now: one thing that is likely meant, and the others beside it. */
export function BatchFooter({ batch, state, workspace }: BatchFooterProps) {
  const [isEnding, setEnding] = useState(false)
  const { phase, counts } = batch
  const { asking, control } = state
  const open = counts['open'] ?? 0
  const failed = failedOf(batch)
  const isOpen = phase !== 'done' && phase !== 'cancelled'
  const rests = phase === 'waiting' || phase === 'paused'
  const refusal = refusalOf(workspace)
  const button = { disabled: refusal !== null, title: refusal ?? undefined }
  const verb = rests ? 'continue' : 'show'
  return (
    <ActionBar
      actions={
        <>
          <CopyCommand text={batchCommand(verb, batch.batch)} />
          {failed > 0 && phase !== 'cancelled' && (
            <Button
              icon="refresh"
              busy={asking === 'retry'}
              {...button}
              onClick={() => void control('retry')}
            >
              Retry {runCount(failed)}
            </Button>
          )}
          {isOpen && (
            <Button icon="ban" disabled={!workspace.writable} onClick={() => setEnding(true)}>
              Cancel the rest…
            </Button>
          )}
          {rests && (
            <Button
              variant="primary"
              icon="play"
              busy={asking === 'continue'}
              {...button}
              onClick={() => void control('continue')}
            >
              {phase === 'waiting' ? `Resume the other ${open}` : 'Continue'}
            </Button>
          )}
          {isOpen && !rests && (
            <Button
              variant="primary"
              icon="pause"
              busy={asking === 'pause'}
              disabled={!workspace.writable}
              onClick={() => void control('pause')}
            >
              Pause
            </Button>
          )}
        </>
      }
    >
      <p className={styles.sentence}>{refusal ?? sentenceOf(batch, failed)}</p>
      <ConfirmDialog
        open={isEnding}
        title="Cancel the rest of this batch?"
        confirm="Cancel the rest"
        danger
        onConfirm={() => {
          setEnding(false)
          void control('cancel')
        }}
        onClose={() => setEnding(false)}
      >
        {runCount(open)} stay as they are. What is under way goes on. A cancelled batch is not gone
        on with: plan a new one.
      </ConfirmDialog>
    </ActionBar>
  )
}

function refusalOf({ writable, trusted, readOnlyReason }: Workspace): string | null {
  if (!writable) return readOnlyReason ?? 'This workspace is read-only.'
  return trusted ? null : 'Trust this workspace first, above.'
}

function sentenceOf({ phase, counts, pace }: BatchSummary, failed: number): string {
  switch (phase) {
    case 'waiting':
      return failed > 0
        ? `${failed} of the canary did not go on: look at it before you go on.`
        : `The canary of ${runCount(pace.canary)} is over. Look at it, then let the rest follow.`
    case 'paused':
      return `Nothing more begins. ${runCount(counts['open'] ?? 0)} left.`
    case 'cancelled':
      return `Ended: ${runCount(counts['open'] ?? 0)} were not begun.`
    case 'done':
      return failed > 0
        ? `${runCount(failed)} did not go on.`
        : 'Every run was resumed and observed.'
    default:
      return 'It goes on when this window is closed, too.'
  }
}
