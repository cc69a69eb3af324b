import { useStore } from 'zustand'
import type { Remote } from '../../state/remote.ts'
import type { SettingsView } from '../../state/settingsStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageBody } from '../../ui/PageBody.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SettingSections } from './SettingSections.tsx'
import { SettingsFindings } from './SettingsFindings.tsx'
import { SettingsFooter } from './SettingsFooter.tsx'
import { SettingsNotices } from './SettingsNotices.tsx'
import { SettingsPreview } from './SettingsPreview.tsx'
import { whyNotChanged } from './whyNotChanged.ts'
import styles from './SettingsPage.module.css'

export type SettingsPageProps = { readonly text: string }

/** Every setting, what holds and who says so, and what would become of the file before it is written. */
export function SettingsPage({ text }: SettingsPageProps) {
  const { settings } = useStores()
  const workspace = useWorkspace()
  const { replace } = useNavigation()
  const state = useStore(usePageStore('settings', () => settings))
  const { view, work } = state
  if (workspace === null) return <Spinner label="Opening the workspace" />
  const why = whyNotChanged(workspace, view)
  return (
    <Page>
      <PageHeader
        title="Settings"
        note={<Note view={view} path={workspace.path} />}
        actions={
          isImportable(view, why) &&
          !state.isPreview && (
            <Button size="s" onClick={() => void state.preview({ kind: 'import' })}>
              Import from tapps-agents…
            </Button>
          )
        }
      >
        {!state.isPreview && (
          <SearchField
            label="Search settings"
            value={text}
            shortcut="/"
            onChange={(next) => replace({ kind: 'settings', text: next })}
          />
        )}
      </PageHeader>
      <SettingsNotices state={state} workspace={workspace} why={why} />
      {work.kind === 'failed' && <ErrorPanel error={work.error} />}
      {view.kind === 'loading' ? (
        <Spinner label="Reading the settings" />
      ) : view.kind === 'failed' ? (
        <ErrorPanel error={view.error} onRetry={() => void state.refresh()} />
      ) : (
        <>
          {view.problem !== null && (
            <ErrorPanel error={view.problem} onRetry={() => void state.refresh()} />
          )}
          {state.isPreview ? (
            <SettingsPreview planning={state.planning} onRetry={() => void state.preview()} />
          ) : (
            <PageBody>
              <SettingsFindings
                view={view.value}
                staged={state.staged}
                isLocked={why !== null}
                onTakeOut={(pointer) => state.stage(pointer, null)}
                onShow={(key) => replace({ kind: 'settings', text: key })}
              />
              <SettingSections
                view={view.value}
                state={state}
                text={text}
                isLocked={why !== null}
                isTrusted={workspace.trusted}
                onClear={() => replace({ kind: 'settings', text: '' })}
              />
            </PageBody>
          )}
          {/* What is said above needs no second word. */}
          <SettingsFooter
            state={state}
            why={workspace.writable && !view.value.isOld ? why : null}
          />
        </>
      )}
    </Page>
  )
}

function isImportable(view: Remote<SettingsView>, why: string | null): boolean {
  return view.kind === 'ready' && view.value.importable !== null && why === null
}

type NoteProps = {
  readonly view: Remote<SettingsView>
  readonly path: string | null
}

function Note({ view, path }: NoteProps) {
  const isThere = view.kind !== 'ready' || view.value.file !== null
  return (
    <span className={styles.note}>
      {isThere ? 'kept in' : 'none are kept yet; a change makes'}{' '}
      <code>{path === null ? 'unstuck.json' : `${path}/unstuck.json`}</code>
    </span>
  )
}
