import { assertNever } from '../../../shared/assert.ts'
import { makeRef } from '../../state/makeRef.ts'
import type { Route } from '../../state/route.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { EditDocument } from './EditDocument.tsx'
import { ImportDocument } from './ImportDocument.tsx'
import { MigrateDocument } from './MigrateDocument.tsx'
import { RepairDocument } from './RepairDocument.tsx'
import { ResumeDocument } from './ResumeDocument.tsx'

export type DocumentPageProps = { readonly route: Route & { readonly kind: 'document' } }

/** What would be done with another engine's state, before it is done. */
export function DocumentPage({ route }: DocumentPageProps) {
  const workspace = useWorkspace()
  if (workspace === null) return <Spinner label="Opening the workspace" />
  const { document, format, item, action, from = null } = route
  const props = { reference: makeRef(workspace.id, document, format, item), workspace }
  switch (action) {
    case 'edit':
      return <EditDocument {...props} />
    case 'repair':
      return <RepairDocument {...props} />
    case 'migrate':
      return <MigrateDocument {...props} />
    case 'resume':
      return <ResumeDocument {...props} from={from} />
    case 'import':
      return <ImportDocument {...props} />
    default:
      return assertNever(action)
  }
}
