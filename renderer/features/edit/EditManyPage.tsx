import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import type { Edit, MapSteps } from '../../../shared/core/edit/edit.ts'
import type { BatchEditPlan } from '../../../shared/core/edit/editPlan.ts'
import { editCommand } from '../../state/editCommand.ts'
import { createEditManyStore } from '../../state/editManyStore.ts'
import { placeOfEdit } from '../../state/editStore.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { BatchView } from '../../ui/BatchView.tsx'
import { Button } from '../../ui/Button.tsx'
import { ReasonField } from '../../ui/ReasonField.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { EditForm } from './EditForm.tsx'
import { editManyColumns } from './editManyColumns.tsx'
import styles from './EditManyPage.module.css'

export type EditManyPageProps = { readonly runs: readonly string[] }

/** One value, or what is said of one step, in many runs: before and after in each of them. */
export function EditManyPage({ runs }: EditManyPageProps) {
  const client = useClient()
  const workspace = useWorkspace()
  const { go } = useNavigation()
  const store = usePageStore(JSON.stringify(runs), () => createEditManyStore(client, runs))
  const { edit, planning, reason, notice, work, ...actions } = useStore(store)
  const [selected, setSelected] = useState<string | null>(null)
  const columns = useMemo(() => editManyColumns(placeOf(edit)), [edit])
  const plan = planning?.kind === 'ready' ? planning.planned.plan : null
  const ready = plan?.counts.ready ?? 0
  const mask = useMask()
  const command = commandOf(runs, edit, reason)
  if (workspace === null) return <Spinner label="Opening the workspace" />
  if (runs.length === 0)
    return (
      <EmptyState
        icon="list"
        title="No run is chosen"
        actions={
          <Button onClick={() => go({ kind: 'runs', view: 'all', text: '' })}>Choose runs</Button>
        }
      >
        Choose runs in the list, and edit one value or step in all of them.
      </EmptyState>
    )
  const why = !workspace.writable
    ? (workspace.readOnlyReason ?? 'This workspace is read-only.')
    : reason.trim() === ''
      ? 'Say why: it stands in the history of each run.'
      : null
  const isReady = ready > 0 && planning?.kind === 'ready' && !planning.isRefreshing
  const isRunning = work.kind === 'running'
  return (
    <Page>
      <PageHeader
        title={`Edit ${runs.length.toLocaleString('en')} ${runs.length === 1 ? 'run' : 'runs'}`}
        note={
          plan &&
          `${ready} would be edited, ${plan.counts.unchanged} are so already, ${plan.counts.refused} cannot be`
        }
      />
      <EditForm onEdit={actions.setEdit} unmapped={plan?.unmapped} disabled={isRunning} />
      {notice !== null && (
        <Banner tone="warn" icon="refresh">
          {notice}
        </Banner>
      )}
      <BatchView
        title="Edit"
        verb="Editing runs"
        work={work}
        sentence="The edit was made and read back."
        onCancel={actions.cancel}
      />
      {edit === null && (
        <EmptyState icon="list" title="Say what to change">
          A value by its path, or a step. Each run is then shown as it is and as it would be.
        </EmptyState>
      )}
      {planning?.kind === 'loading' &&
        (planning.progress === undefined ? (
          <Spinner label={`Planning ${runs.length} runs`} />
        ) : (
          <ProgressBar label="Planning" {...planning.progress} onCancel={actions.stopPlan} />
        ))}
      {planning?.kind === 'failed' && (
        <ErrorPanel error={planning.error} onRetry={() => void actions.replan()} />
      )}
      {plan?.failures && plan.failures.length > 0 && <Refused failures={plan.failures} />}
      {plan && (
        <div className={styles.table}>
          <DataTable
            label="Runs"
            columns={columns}
            rows={plan.rows}
            keyOf={(row) => row.run}
            selected={selected}
            onSelect={(row) => setSelected(row.run)}
            toneOf={(row) => (row.outcome === 'refused' ? 'bad' : undefined)}
          />
        </div>
      )}
      {plan && (
        <ActionBar
          actions={
            <>
              {command !== null && <CopyCommand text={command} shown={mask.text(command)} />}
              <Button
                variant="primary"
                icon="check"
                busy={isRunning}
                disabled={!isRunning && (why !== null || !isReady)}
                onClick={() => void actions.apply()}
              >
                Edit {ready.toLocaleString('en')} {ready === 1 ? 'run' : 'runs'}
              </Button>
            </>
          }
        >
          <ReasonField
            value={reason}
            onChange={actions.setReason}
            onSubmit={() => void (why === null && isReady && !isRunning && actions.apply())}
          />
          <span className={styles.why} aria-live="polite">
            {ready > 0 && why}
          </span>
        </ActionBar>
      )}
    </Page>
  )
}

function commandOf(
  runs: readonly string[],
  edit: Edit | MapSteps | null,
  reason: string,
): string | null {
  if (edit === null || edit.kind === 'mapSteps') return null
  const of = runs.map((document) => ({ document, item: null }))
  return editCommand(of, [edit], reason)
}

function placeOf(edit: Edit | MapSteps | null): string {
  if (edit === null) return ''
  return edit.kind === 'mapSteps' ? 'definition' : placeOfEdit(edit)
}

type RefusedProps = { readonly failures: NonNullable<BatchEditPlan['failures']> }

/** Why runs are refused, and how many for which cause. */
function Refused({ failures }: RefusedProps) {
  return (
    <ul className={styles.refused} aria-label="What cannot be edited">
      {failures.map(({ cause, count, runs }) => (
        <li key={cause} title={runs.join('\n')}>
          <StatusWord
            status="blocked"
            word={`${count.toLocaleString('en')} ${count === 1 ? 'run' : 'runs'}: ${cause}`}
            size="s"
          />
        </li>
      ))}
    </ul>
  )
}
