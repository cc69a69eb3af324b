import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'

export type ArchiveActionProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  /** Why nothing can be written; undefined when it can. */
  readonly readOnly: string | undefined
}

/** Archive for a run at rest, Bring back for one that is in the archive, nothing for any other. */
export function ArchiveAction({ detail, store, readOnly }: ArchiveActionProps) {
  const { work, archive, bringBack } = useStore(store)
  const [asks, setAsks] = useState(false)
  const isAsked = (what: 'archive' | 'bring back') =>
    work.kind === 'requested' && work.what === what
  const shared = { icon: 'archive', disabled: readOnly !== undefined, title: readOnly } as const
  if ((detail.archive ?? null) !== null) {
    return (
      <Button {...shared} busy={isAsked('bring back')} onClick={() => void bringBack()}>
        Bring back
      </Button>
    )
  }
  if (!isAtRest(detail)) return null
  return (
    <>
      <Button {...shared} busy={isAsked('archive')} onClick={() => setAsks(true)}>
        Archive…
      </Button>
      <ConfirmDialog
        open={asks}
        title="Archive this run?"
        confirm="Archive the run"
        onConfirm={() => {
          setAsks(false)
          void archive()
        }}
        onClose={() => setAsks(false)}
      >
        <p>
          Its {detail.files.length} files, {formatBytes(detail.sizeBytes)}, become one compressed
          file. The run stays in the list and can be read as now; before it is resumed, repaired or
          deleted it has to be brought back.
        </p>
      </ConfirmDialog>
    </>
  )
}

function isAtRest({ ref, run, health, liveness, holder }: RunDetail): boolean {
  if (!isNative(ref) || run === null || health !== 'ok' || liveness === 'alive') return false
  return holder === null && restful.has(run.status)
}

const restful: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled', 'paused'])
