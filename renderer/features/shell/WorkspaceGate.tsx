import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

export type WorkspaceGateProps = { readonly children: ReactNode }

/** A page that needs to know its workspace is not shown where that could not be read. The list of runs does not need it. */
export function WorkspaceGate({ children }: WorkspaceGateProps) {
  const { workspace, refresh } = useStore(useStores().workspace)
  const { route, go } = useNavigation()
  if (workspace.kind !== 'failed' || route.kind === 'runs') return children
  return (
    <ErrorPanel
      what="The workspace could not be opened."
      error={workspace.error}
      onRetry={() => void refresh()}
      actions={
        <Button icon="list" onClick={() => go({ kind: 'runs', view: 'all', text: '' })}>
          All runs
        </Button>
      }
    />
  )
}
