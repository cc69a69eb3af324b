import type { Ref } from '../../../shared/contract/call.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { migrateDocumentCommand } from '../../state/documentCommands.ts'
import { createDocumentStore } from '../../state/documentStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { ChangeDocument } from './ChangeDocument.tsx'

export type MigrateDocumentProps = { readonly reference: Ref; readonly workspace: Workspace }

/** An old document as the engine's own code would write it today. */
export function MigrateDocument({ reference, workspace }: MigrateDocumentProps) {
  const client = useClient()
  const store = usePageStore(JSON.stringify(reference), () =>
    createDocumentStore(client, { ref: reference, action: { kind: 'migrate' } }),
  )
  return (
    <ChangeDocument
      reference={reference}
      workspace={workspace}
      store={store}
      verb="Migrate"
      icon="migrate"
      applyLabel="Migrate"
      usualReason="migration"
      commandOf={() => migrateDocumentCommand(reference)}
    />
  )
}
