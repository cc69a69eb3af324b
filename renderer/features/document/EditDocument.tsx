import { useState } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { editCommand } from '../../state/editCommand.ts'
import { createDocumentStore } from '../../state/documentStore.ts'
import type { StagedEdit } from '../../state/editStore.ts'
import { routeOfRef } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { ChangeDocument } from './ChangeDocument.tsx'
import { DocumentHeader } from './DocumentHeader.tsx'
import { StagedEdits } from './StagedEdits.tsx'

export type EditDocumentProps = { readonly reference: Ref; readonly workspace: Workspace }

/** What is staged for another engine's document, in every file that would follow. */
export function EditDocument(props: EditDocumentProps) {
  const { edits } = useStores()
  const { document } = props.reference
  const [hadEdits] = useState(() => edits.getState().runs[document]?.edits.length)
  if (!hadEdits)
    return (
      <Page>
        <DocumentHeader verb="Edit" reference={props.reference} />
        <NothingStaged reference={props.reference} />
      </Page>
    )
  return <StagedDocument {...props} />
}

function StagedDocument({ reference, workspace }: EditDocumentProps) {
  const client = useClient()
  const { edits: editStore } = useStores()
  const { document } = reference
  const { runs, takeBack, discard, rebase } = useStore(editStore)
  const edits = runs[document]?.edits ?? none
  const base = runs[document]?.base
  const store = usePageStore(JSON.stringify(reference), () =>
    createDocumentStore(client, { ref: reference, action: actionOf(edits) }),
  )
  const remove = (id: string) => {
    takeBack(document, id)
    const left = edits.filter((one) => one.id !== id)
    if (left.length > 0) void store.getState().ask(actionOf(left))
  }
  const { planning } = useStore(store)
  const rev = planning.kind === 'ready' ? planning.planned.rev : null
  const isBehind = rev !== null && rev !== base
  return (
    <ChangeDocument
      reference={reference}
      workspace={workspace}
      store={store}
      verb="Edit"
      icon="check"
      applyLabel={edits.length === 1 ? 'Apply 1 edit' : `Apply ${edits.length} edits`}
      nothing={edits.length === 0 ? <NothingStaged reference={reference} /> : null}
      banner={
        isBehind && (
          <Banner
            tone="warn"
            icon="alert"
            actions={
              <Button size="s" icon="refresh" onClick={() => rebase(document, rev)}>
                Edit the files as they are now
              </Button>
            }
          >
            The files changed since you staged these edits. Below is what would become of them as
            they are now.
          </Banner>
        )
      }
      side={<StagedEdits edits={edits} onTakeBack={remove} />}
      whyNot={isBehind ? 'The files changed: look at them again, or discard the edits.' : null}
      actions={
        <Button variant="quiet" onClick={() => discard(document)}>
          Discard
        </Button>
      }
      commandOf={(reason) =>
        editCommand(
          [reference],
          edits.map(({ edit }) => edit),
          reason,
        )
      }
      onDone={() => discard(document)}
    />
  )
}

function NothingStaged({ reference }: { readonly reference: Ref }) {
  const { go } = useNavigation()
  return (
    <EmptyState
      icon="list"
      title="Nothing is staged"
      actions={
        <Button onClick={() => go({ ...routeOfRef(reference), tab: 'state' })}>
          Open its state
        </Button>
      }
    >
      Values are edited in the state of the run (F2). What you stage there is shown here, in every
      file that would follow, before it is done.
    </EmptyState>
  )
}

function actionOf(edits: readonly StagedEdit[]) {
  return { kind: 'edit' as const, edits: edits.map(({ edit }) => edit) }
}

const none: readonly StagedEdit[] = []
