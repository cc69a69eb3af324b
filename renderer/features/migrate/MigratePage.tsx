import { useState } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createMigrateStore } from '../../state/migrateStore.ts'
import { doneResults, type BatchWork } from '../../state/planning.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Page } from '../../ui/Page.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { BatchView } from '../../ui/BatchView.tsx'
import { PastMigrations } from './PastMigrations.tsx'
import { MigratePlanView } from './MigratePlanView.tsx'
import { versionCounts } from './versionCounts.ts'

export type MigratePageProps = { readonly document: string | null }

/** Old documents and what they become, the migration itself, and the way back. */
export function MigratePage({ document }: MigratePageProps) {
  const client = useClient()
  const workspace = useWorkspace()
  const { go } = useNavigation()
  const store = usePageStore(JSON.stringify([document]), () => createMigrateStore(client, document))
  const state = useStore(store)
  const { notice, work, rollback, planning } = state
  const counts = planning.kind === 'ready' && versionCounts(planning.planned.plan)
  const migrated = doneResults(work)
  const [tab, setTab] = useState<'old' | 'past'>('old')
  if (workspace === null) return <Spinner label="Opening the workspace" />
  return (
    <Page>
      <PageHeader
        title={<>Migrate {document !== null && <code>{document}</code>}</>}
        note={tab === 'old' && counts}
        actions={
          document === null ? (
            <Button
              icon={tab === 'old' ? 'history' : 'migrate'}
              onClick={() => {
                setTab(tab === 'old' ? 'past' : 'old')
                if (tab === 'past') void state.replan()
              }}
            >
              {tab === 'old' ? 'Earlier migrations' : 'Old documents'}
            </Button>
          ) : (
            <Button onClick={() => go({ kind: 'migrate', document: null })}>
              Show all old documents
            </Button>
          )
        }
      />
      {tab === 'past' && document === null ? (
        <PastMigrations workspace={workspace} />
      ) : (
        <>
          {notice !== null && (
            <Banner tone="warn" icon="refresh">
              {notice}
            </Banner>
          )}
          <BatchView
            title="Last migration"
            verb="Migrating"
            work={work}
            sentence={`Migrated: ${migrated.length}. The old documents are kept as backups.`}
            onCancel={state.cancel}
            renderAction={({ item, outcome, result }) =>
              outcome === 'done' &&
              result !== null && (
                <Button
                  size="s"
                  icon="undo"
                  aria-label={`Roll back ${item}`}
                  onClick={() => void state.rollBack(result)}
                >
                  Roll back
                </Button>
              )
            }
            actions={
              migrated.length > 0 && (
                <Button size="s" icon="undo" onClick={() => void state.rollBack()}>
                  Roll back {migrated.length}
                </Button>
              )
            }
          />
          <BatchView
            title="Roll back"
            verb="Putting the old documents back"
            work={rollback}
            sentence={`Rolled back: ${doneCount(rollback)}. The migrated runs are in the trash.`}
            onCancel={state.cancel}
          />
          <MigratePlanView document={document} state={state} workspace={workspace} />
        </>
      )}
    </Page>
  )
}

function doneCount(work: BatchWork): number {
  return work.kind === 'finished' ? work.rows.filter((row) => row.outcome === 'done').length : 0
}
