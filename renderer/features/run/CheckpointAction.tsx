import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button, type ButtonProps } from '../../ui/Button.tsx'
import { CheckpointDialog } from './CheckpointDialog.tsx'

export type CheckpointActionProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  readonly size?: ButtonProps['size']
}

/** "Make a checkpoint…", where one can be made: of a sound run that is not archived. */
export function CheckpointAction({ detail, store, size = 'm' }: CheckpointActionProps) {
  const work = useStore(store, (state) => state.work)
  const workspace = useWorkspace()
  const [isAsking, setIsAsking] = useState(false)
  const { ref, health, run, archive = null } = detail
  if (!isNative(ref) || run === null || health !== 'ok' || archive !== null) return null
  const readOnly =
    workspace?.writable === false
      ? (workspace.readOnlyReason ?? 'The workspace is read-only.')
      : undefined
  return (
    <>
      <Button
        icon="flag"
        size={size}
        busy={work.kind === 'requested' && work.what === 'checkpoint'}
        disabled={readOnly !== undefined}
        title={readOnly}
        onClick={() => setIsAsking(true)}
      >
        Make a checkpoint…
      </Button>
      <CheckpointDialog store={store} open={isAsking} onClose={() => setIsAsking(false)} />
    </>
  )
}
