import { useStore } from 'zustand'
import { editCommand } from '../../state/editCommand.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { EditConflict } from './EditConflict.tsx'
import { EditFooter } from './EditFooter.tsx'
import { EditOutcome } from './EditOutcome.tsx'
import { EditPreview } from './EditPreview.tsx'

export type EditPageProps = { readonly document: string }

/** What is staged for one run: before and after, and what stands in its way. */
export function EditPage({ document }: EditPageProps) {
  const workspace = useWorkspace()
  const { go } = useNavigation()
  const { edits } = useStores()
  const { runs, takeBack, discard, rebase, replan, setReason, apply, undo } = useStore(edits)
  const staged = runs[document]
  const openRun = () => go({ ...runRoute(document), tab: 'state' })
  if (workspace === null) return <Spinner label="Opening the workspace" />
  const isStaged = staged !== undefined && staged.edits.length > 0
  return (
    <Page>
      <PageHeader
        title={
          <>
            Edit <code>{document}</code>
          </>
        }
        actions={<a href={encodeRoute({ ...runRoute(document), tab: 'state' })}>Open the run</a>}
      />
      {staged && (
        <EditOutcome
          work={staged.work}
          onUndo={() => void undo(document)}
          onNext={(next) => {
            const from = next.kind === 'fork' ? next.from : null
            go({ kind: 'resume', document, from, step: null })
          }}
        />
      )}
      {!isStaged && (
        <EmptyState
          icon={staged?.work.kind === 'applied' ? 'checkCircle' : 'list'}
          title="Nothing is staged"
          actions={<Button onClick={openRun}>Open the state of the run</Button>}
        >
          Values are edited in the state of the run (F2), steps in the inspector. What you stage
          there is shown here before it is done.
        </EmptyState>
      )}
      {isStaged && staged.planning.kind === 'loading' && <Spinner label="Planning the edits" />}
      {isStaged && staged.planning.kind === 'failed' && (
        <ErrorPanel
          error={staged.planning.error}
          onRetry={() => void replan(document)}
          actions={<Button onClick={() => discard(document)}>Discard the edits</Button>}
        />
      )}
      {isStaged && staged.planning.kind === 'ready' && (
        <>
          {staged.planning.planned.plan.meanwhile === null ? (
            <EditPreview
              staged={staged}
              plan={staged.planning.planned.plan}
              onTakeBack={(id) => takeBack(document, id)}
            />
          ) : (
            <EditConflict
              staged={staged}
              plan={staged.planning.planned.plan}
              onTakeBack={(id) => takeBack(document, id)}
              onRebase={() => rebase(document)}
            />
          )}
          <EditFooter
            staged={staged}
            plan={staged.planning.planned.plan}
            command={editCommand(
              [{ document, item: null }],
              staged.edits.map(({ edit }) => edit),
              staged.reason,
            )}
            isRefreshing={staged.planning.isRefreshing}
            workspace={workspace}
            onReason={(reason) => setReason(document, reason)}
            onDiscard={() => discard(document)}
            onApply={() => void apply(document)}
          />
        </>
      )}
    </Page>
  )
}
