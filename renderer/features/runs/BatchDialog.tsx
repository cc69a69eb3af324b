import { useState } from 'react'
import { useStore } from 'zustand'
import type { BatchAction } from '../../../shared/schema/batchAction.ts'
import type { BatchStage } from '../../state/batchStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { givenPassphrase, noPassphrase, type PassphraseDraft } from '../../ui/passphraseDraft.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { ArchiveSecret } from './ArchiveSecret.tsx'
import { BatchOutcome } from './BatchOutcome.tsx'
import { BatchPreview } from './BatchPreview.tsx'
import { batchCommand } from './batchCommand.ts'
import { batchText, countRuns } from './batchText.ts'
import { CopyLine } from './CopyLine.tsx'

/** Something done with many runs: what would be done, its progress, and what came of each. */
export function BatchDialog() {
  const { batch, selection } = useStores()
  const { action, stage, apply, applyRest, undo, close } = useStore(batch)
  const chosen = useStore(selection, (state) => state.selection)
  const [draft, setDraft] = useState(noPassphrase)
  const text = batchText[action]
  const passphrase = passphraseFor(action, draft)
  const isWorking = stage.kind === 'work' && stage.work.kind === 'running'
  const isDone = stage.kind === 'work' && stage.work.kind === 'finished'
  const left = isDone && !stage.isUndo ? stage.left : 0
  const command =
    stage.kind === 'preview'
      ? batchCommand(action, chosen, { encrypts: passphrase !== null })
      : null
  const end = () => {
    setDraft(noPassphrase)
    close()
  }
  return (
    <Dialog
      open={stage.kind !== 'closed'}
      title={text.title}
      size="l"
      onClose={end}
      footer={
        <>
          {command !== null && <CopyLine line={command} />}
          {isDone && !stage.isUndo && (
            <Button icon="undo" onClick={() => void undo()}>
              {text.undo}
            </Button>
          )}
          {!isWorking && (
            <Button variant={isDone && left === 0 ? 'primary' : 'quiet'} onClick={end}>
              {isDone ? (left === 0 ? 'Done' : 'Leave the others') : 'Keep as they are'}
            </Button>
          )}
          {left > 0 && (
            <Button variant="primary" icon={text.icon} onClick={() => void applyRest()}>
              {left === 1 ? `${text.label} the other one` : `${text.label} the other ${left}`}
            </Button>
          )}
          {stage.kind === 'preview' && stage.able > 0 && (
            <Button
              variant={action === 'trash' ? 'danger' : 'primary'}
              icon={text.icon}
              disabled={passphrase === undefined}
              onClick={() => void apply(passphrase)}
            >
              {`${text.label}: ${countRuns(stage.able)}`}
            </Button>
          )}
        </>
      }
    >
      <Stage stage={stage} />
      {stage.kind === 'preview' && stage.able > 0 && (
        <ArchiveSecret action={action} draft={draft} onChange={setDraft} />
      )}
    </Dialog>
  )
}

/** Undefined: what was chosen is not there yet. */
function passphraseFor(action: BatchAction, draft: PassphraseDraft): string | null | undefined {
  if (action === 'archive') return givenPassphrase(draft)
  return action === 'unarchive' && draft.passphrase !== '' ? draft.passphrase : null
}

function Stage({ stage }: { readonly stage: BatchStage }) {
  const { batch, selection } = useStores()
  const { action, prepare, cancel } = useStore(batch)
  const chosen = useStore(selection, (state) => state.selection)
  const text = batchText[action]
  switch (stage.kind) {
    case 'closed':
      return null
    case 'reading':
      return <ProgressBar label="Reading what is selected" done={stage.found} total={stage.total} />
    case 'planning':
      return <ProgressBar label="Looking at what would be done" done={0} total={stage.total} />
    case 'failed':
      return <ErrorPanel error={stage.error} onRetry={() => void prepare(action, chosen)} />
    case 'preview':
      return <BatchPreview action={action} items={stage.items} able={stage.able} />
    case 'work': {
      const { work, isUndo } = stage
      if (work.kind === 'failed') return <ErrorPanel error={work.error} />
      if (work.kind === 'finished')
        return (
          <BatchOutcome
            rows={work.rows}
            sentence={isUndo ? 'were put back.' : text.done}
            left={isUndo ? 0 : stage.left}
          />
        )
      if (work.kind === 'idle') return null
      const verb = isUndo ? text.undoing : text.verb
      return (
        <ProgressBar
          label={work.isCancelling ? 'Stopping after this one' : verb}
          done={work.progress?.done ?? 0}
          total={work.progress?.total ?? 0}
          item={work.progress?.item}
          onCancel={work.isCancelling ? undefined : cancel}
        />
      )
    }
    default:
      return null
  }
}
