import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConnectionBanners } from './ConnectionBanners.tsx'
import { HostBanners } from './HostBanners.tsx'
import { TrustDialog } from './TrustDialog.tsx'

/** What limits the work in this workspace, for as long as it is so. */
export function StatusBanners() {
  const { workspace: store, bundleImport } = useStores()
  const { workspace, lostSinceMs, asksTrust, askTrust, refresh } = useStore(store)
  const { route, go } = useNavigation()
  const opened = workspace.kind === 'ready' ? workspace.value : null
  return (
    <>
      <ConnectionBanners />
      {workspace.kind === 'failed' && lostSinceMs === null && route.kind === 'runs' && (
        <Banner
          tone="bad"
          icon="alert"
          actions={
            <Button size="s" onClick={() => void refresh()}>
              Try again
            </Button>
          }
        >
          The workspace cannot be opened. {workspace.error.message}
        </Banner>
      )}
      {opened && !opened.writable && lostSinceMs === null && (
        <Banner
          tone="neutral"
          icon="lock"
          actions={
            opened.bundle && (
              <Button size="s" icon="plus" onClick={() => bundleImport.getState().askInto(null)}>
                Import…
              </Button>
            )
          }
        >
          Read-only: {opened.readOnlyReason ?? 'nothing can be changed here.'}
        </Banner>
      )}
      {opened?.settingsProblem && route.kind !== 'settings' && (
        <Banner
          tone="warn"
          icon="alert"
          actions={
            <Button size="s" onClick={() => go({ kind: 'settings', text: '' })}>
              Open the settings
            </Button>
          }
        >
          Settings: {opened.settingsProblem}
        </Banner>
      )}
      {opened && opened.writable && !opened.trusted && (
        <Banner
          tone="warn"
          icon="shield"
          actions={
            <Button size="s" onClick={() => askTrust(true)}>
              Trust this workspace…
            </Button>
          }
        >
          Not trusted: nothing of this folder is executed. Looking, comparing and repairing work.
        </Banner>
      )}
      <HostBanners />
      <TrustDialog open={asksTrust} onClose={() => askTrust(false)} />
    </>
  )
}
