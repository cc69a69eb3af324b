import { useStore } from 'zustand'
import type { Workspace } from '../../shared/contract/workspace.ts'
import { useStores } from './StoresProvider.tsx'

/** The open workspace; null until it is known. */
export function useWorkspace(): Workspace | null {
  return useStore(useStores().workspace, ({ workspace }) =>
    workspace.kind === 'ready' ? workspace.value : null,
  )
}
