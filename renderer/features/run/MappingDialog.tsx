import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createMappingStore } from '../../state/mappingStore.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { MappingForm } from './MappingForm.tsx'
import styles from './MappingDialog.module.css'
import { MappingPreview } from './MappingPreview.tsx'
import { MappingTree } from './MappingTree.tsx'

export type MappingDialogProps = {
  readonly reference: Ref
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** The document beside the fields: a place is picked or typed, and what would come of it is seen at once. */
export function MappingDialog({ reference, onClose, onSaved }: MappingDialogProps) {
  const client = useClient()
  const notify = useNotify()
  const store = usePageStore(reference.document, () =>
    createMappingStore(client, { ref: reference }),
  )
  const { shown, work, error, save, retry } = useStore(store)
  useEffect(() => {
    if (work !== 'saved') return
    notify('done', 'Stored in unstuck.json, and read back.')
    onSaved()
    onClose()
  }, [work, notify, onSaved, onClose])
  const isMapped = (shown?.plan.stored ?? null) !== null
  const isForgotten = isMapped && shown?.plan.mapping === null
  const isSomething = isForgotten || (shown !== null && shown.plan.mapping !== null)
  return (
    <Dialog
      open
      title="Say what is what"
      onClose={onClose}
      size="l"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
          <Button
            variant="primary"
            busy={work === 'saving'}
            disabled={shown?.plan.ready !== true || !isSomething || work !== 'none'}
            onClick={() => void save()}
          >
            {isForgotten ? 'Leave it to guesses' : 'Store it for documents like this'}
          </Button>
        </>
      }
    >
      <div className={styles.panes}>
        <MappingTree store={store} reference={reference} />
        <div className={styles.side}>
          {error && <ErrorPanel error={error} onRetry={() => void retry()} />}
          {shown ? (
            <MappingPreview plan={shown.plan} isOld={work === 'planning'} />
          ) : (
            error === null && <Spinner label="Looking at documents like this" />
          )}
          <MappingForm store={store} />
        </div>
      </div>
    </Dialog>
  )
}
