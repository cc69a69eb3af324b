import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { repairDocumentCommand } from '../../state/documentCommands.ts'
import { createDocumentStore } from '../../state/documentStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { ChangeDocument } from './ChangeDocument.tsx'
import { RepairChoices } from './RepairChoices.tsx'
import { RepairItems } from './RepairItems.tsx'

export type RepairDocumentProps = { readonly reference: Ref; readonly workspace: Workspace }

/** The ways to repair another engine's document, side by side, and what each would lose. */
export function RepairDocument({ reference, workspace }: RepairDocumentProps) {
  const client = useClient()
  const store = usePageStore(JSON.stringify(reference), () =>
    createDocumentStore(client, { ref: reference, action: { kind: 'repair', repair: null } }),
  )
  const { input, planning, ask } = useStore(store)
  const {
    repair: chosen = null,
    accepted = [],
    rejected = [],
  } = input.kind === 'repair' ? input : { repair: null }
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
          <>
            <RepairChoices
              plan={planning.planned.plan}
              onChoose={(repair) => void ask({ kind: 'repair', repair })}
            />
            <RepairItems
              items={planning.planned.plan.items ?? []}
              onChange={({ id }, isAccepted) =>
                void ask({
                  kind: 'repair',
                  repair: chosen,
                  accepted: isAccepted ? [...without(accepted, id), id] : without(accepted, id),
                  rejected: isAccepted ? without(rejected, id) : [...without(rejected, id), id],
                })
              }
            />
          </>
        )
      }
      usualReason="repair"
      commandOf={() => repairDocumentCommand(reference, { repair: chosen, accepted, rejected })}
    />
  )
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter((one) => one !== id)
}
