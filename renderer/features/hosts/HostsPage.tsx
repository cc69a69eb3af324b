import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createKnownHostsStore } from '../../state/knownHostsStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ConnectForm } from './ConnectForm.tsx'
import { HostList } from './HostList.tsx'
import styles from './HostsPage.module.css'

/** Hosts on other machines: those that are known, and how to reach another one. */
export function HostsPage() {
  const client = useClient()
  const store = usePageStore('hosts', () => createKnownHostsStore(client))
  const { known, work, refresh, connect, forget } = useStore(store)
  if (known.kind === 'loading') return <Spinner label="Looking for the hosts" />
  if (known.kind === 'failed')
    return <ErrorPanel error={known.error} onRetry={() => void refresh()} />
  const { hosts, canConnect, whyNotKept } = known.value
  const connecting = work.kind === 'connecting' ? work.address : null
  return (
    <Page>
      <PageHeader title="Connect to host" />
      {canConnect ? (
        <div className={styles.content}>
          {work.kind === 'failed' && <ErrorPanel error={work.error} />}
          <HostList
            hosts={hosts}
            connecting={connecting}
            onConnect={(address) => void connect({ address, token: null, remember: true })}
            onForget={(address) => void forget(address)}
          />
          <ConnectForm
            whyNotKept={whyNotKept}
            isConnecting={connecting !== null}
            onConnect={(asked) => void connect(asked)}
          />
        </div>
      ) : (
        <EmptyState icon="system" title="Only the desktop application connects to other hosts">
          In a browser, open the address that <code>unstuck serve</code> printed there. Each host
          has its own tab.
        </EmptyState>
      )}
    </Page>
  )
}
