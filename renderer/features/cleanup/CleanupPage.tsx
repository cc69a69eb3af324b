import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createCleanupStore } from '../../state/cleanupStore.ts'
import type { CleanupTab } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { EnginesTab } from './EnginesTab.tsx'
import { PolicyTab } from './PolicyTab.tsx'
import { StorageTab } from './StorageTab.tsx'
import { TrashTab } from './TrashTab.tsx'
import styles from './CleanupPage.module.css'

const none: readonly string[] = []

export type CleanupPageProps = { readonly tab: CleanupTab }

/** What a policy would move to the trash, the move itself, the way back, and what all of it takes. */
export function CleanupPage({ tab }: CleanupPageProps) {
  const client = useClient()
  const workspace = useWorkspace()
  const { go } = useNavigation()
  const store = usePageStore('cleanup', () => createCleanupStore(client))
  const state = useStore(store)
  const { trash } = state
  const { values, look } = useStore(useStores().knownValues)
  useEffect(() => look('workflow'), [look])
  if (workspace === null) return <Spinner label="Opening the workspace" />
  return (
    <Page>
      <PageHeader title="Clean up" />
      <div className={styles.tabs}>
        <Tabs
          label="Clean up"
          tabs={[
            { id: 'policy', label: 'Policy' },
            { id: 'engines', label: 'Other engines' },
            {
              id: 'trash',
              label: 'Trash',
              count: trash.kind === 'ready' ? trash.entries.length : undefined,
            },
            { id: 'storage', label: 'Storage' },
          ]}
          selected={tab}
          onSelect={(id) => go({ kind: 'cleanup', tab: id })}
        >
          {tab === 'policy' && (
            <PolicyTab state={state} workspace={workspace} workflows={values['workflow'] ?? none} />
          )}
          {tab === 'engines' && <EnginesTab workspace={workspace} />}
          {tab === 'trash' && <TrashTab state={state} workspace={workspace} />}
          {tab === 'storage' && <StorageTab />}
        </Tabs>
      </div>
    </Page>
  )
}
