import { useStores } from './StoresProvider.tsx'
import { useNotify } from './useNotify.ts'
import { useWorkspace } from './useWorkspace.ts'

export type Folder = {
  readonly path: string
  /** Shows it in the file manager; null where there is none: in a browser. */
  readonly onShow: (() => void) | null
}

/** Where the workspace lies; null where that is not known. */
export function useFolder(): Folder | null {
  const { workspace: store } = useStores()
  const workspace = useWorkspace()
  const notify = useNotify()
  if (workspace === null || workspace.path === null) return null
  const show = async () => {
    const problem = await store.getState().reveal()
    if (problem !== null) notify('error', problem.message)
  }
  const hasDesktop = workspace.application.host === 'electron'
  return { path: workspace.path, onShow: hasDesktop ? () => void show() : null }
}
