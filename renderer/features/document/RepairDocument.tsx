import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createDocumentBytesStore } from '../../state/documentBytesStore.ts'
import { repairDocumentCommand } from '../../state/documentCommands.ts'
import { createDocumentStore } from '../../state/documentStore.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { FixList } from '../../ui/FixList.tsx'
import { RepairPanes } from '../../ui/RepairPanes.tsx'
import { ChangeDocument } from './ChangeDocument.tsx'
import { DocumentBytes } from './DocumentBytes.tsx'
import { DocumentProposal } from './DocumentProposal.tsx'
import { RepairChoices } from './RepairChoices.tsx'
import { SaidNotes } from './SaidNotes.tsx'
import { SaidProblems } from './SaidProblems.tsx'
import { shownItems } from './shownItems.ts'
import styles from './PlanScreen.module.css'

export type RepairDocumentProps = { readonly reference: Ref; readonly workspace: Workspace }

/** [F362] A damaged document of any kind: its bytes, the document as it would be, and the ways and fixes between them. */
export function RepairDocument({ reference, workspace }: RepairDocumentProps) {
  const client = useClient()
  const mask = useMask()
  const key = JSON.stringify(reference)
  const store = usePageStore(key, () =>
    createDocumentStore(client, { ref: reference, action: { kind: 'repair', repair: null } }),
  )
  const bytes = usePageStore(key, () =>
    createDocumentBytesStore(client, { ref: reference, plans: store }),
  )
  const { input, ask } = useStore(store)
  const { chosen, choose } = useStore(bytes)
  const {
    repair = null,
    accepted = [],
    rejected = [],
  } = input.kind === 'repair' ? input : { repair: null }
  const set = (id: string, isAccepted: boolean) =>
    void ask({
      kind: 'repair',
      repair,
      accepted: isAccepted ? [...without(accepted, id), id] : without(accepted, id),
      rejected: isAccepted ? without(rejected, id) : [...without(rejected, id), id],
    })
  return (
    <ChangeDocument
      reference={reference}
      workspace={workspace}
      store={store}
      verb="Repair"
      icon="wrench"
      applyLabel="Apply repair"
      usualReason="repair"
      commandOf={() => repairDocumentCommand(reference, { repair, accepted, rejected })}
    >
      {({ plan, isBusy, onApply }) => {
        const fixes = shownItems(plan.items ?? [], mask)
        return (
          <RepairPanes
            isBusy={isBusy}
            before={<DocumentBytes plan={plan} store={bytes} />}
            after={<DocumentProposal plan={plan} fixes={fixes} chosen={chosen} onChoose={choose} />}
          >
            <div className={styles.side}>
              <SaidProblems plan={plan} />
              <RepairChoices
                plan={plan}
                onChoose={(way) => void ask({ kind: 'repair', repair: way })}
              />
              <FixList
                fixes={fixes}
                chosen={chosen}
                onChoose={choose}
                onAccept={(id) => set(id, true)}
                onReject={(id) => set(id, false)}
                onApply={onApply}
              />
              <SaidNotes plan={plan} />
            </div>
          </RepairPanes>
        )
      }}
    </ChangeDocument>
  )
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter((one) => one !== id)
}
