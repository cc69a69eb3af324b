import { useWorkspace } from '../../state/useWorkspace.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { RepairScreen } from './RepairScreen.tsx'

export type RepairPageProps = { readonly document: string }

/** The bytes, the proposed document and the fixes between them; the repair itself, and its undo. */
export function RepairPage({ document }: RepairPageProps) {
  const workspace = useWorkspace()
  if (workspace === null) return <Spinner label="Opening the workspace" />
  return <RepairScreen workspace={workspace} document={document} />
}
