import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { repairDocumentCommand } from '../../state/documentCommands.ts'
import { createDocumentStore } from '../../state/documentStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { ChangeDocument } from './ChangeDocument.tsx'
import { RepairChoices } from './RepairChoices.tsx'

export type RepairDocumentProps = { readonly reference: Ref; readonly workspace: Workspace }

/** The ways to repair another engine's document, side by side, and what each would lose. */
export function RepairDocument({ reference, workspace }: RepairDocumentProps) {
  const client = useClient()
  const store = usePageStore(JSON.stringify(reference), () =>
    createDocumentStore(client, { ref: reference, action: { kind: 'repair', repair: null } }),
  )
  const { input, planning, ask } = useStore(store)
  const chosen = input.kind === 'repair' ? input.repair : null
  return (
    <ChangeDocument
      reference={reference}
      workspace={workspace}
      store={store}
      verb="Repair"
      icon="wrench"
      applyLabel="Apply repair"
      side={
        planning.kind === 'ready' && (
          <RepairChoices
            plan={planning.planned.plan}
            onChoose={(repair) => void ask({ kind: 'repair', repair })}
          />
        )
      }
      usualReason="repair"
      commandOf={() => repairDocumentCommand(reference, chosen)}
    />
  )
}
