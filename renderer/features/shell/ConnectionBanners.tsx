import { useState } from 'react'
import { useStore } from 'zustand'
import { notConnected, clock } from '../../state/disconnected.ts'
import { operationsRoute } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConnectAgainDialog } from './ConnectAgainDialog.tsx'

/** That the host is not there, since when, and what was under way then. */
export function ConnectionBanners() {
  const { link, sinceMs, reason, facts, inDoubt, redial, forgetDoubts } = useStore(
    useStores().connection,
  )
  const { go } = useNavigation()
  const [isAsking, setIsAsking] = useState(false)
  const isOver = link === 'connected'
  return (
    <>
      {!isOver && sinceMs !== null && (
        <Banner
          tone="bad"
          icon="alert"
          actions={
            link === 'ended' ? (
              <Button size="s" onClick={() => setIsAsking(true)}>
                Connect again…
              </Button>
            ) : (
              <Button size="s" onClick={() => redial(null)}>
                Connect now
              </Button>
            )
          }
        >
          {notConnected(sinceMs)} {link === 'ended' ? reason : 'Connecting again…'}
        </Banner>
      )}
      {inDoubt.length > 0 && (
        <Banner
          tone="warn"
          icon="help"
          actions={
            <>
              <Button size="s" disabled={!isOver} onClick={() => go(operationsRoute())}>
                Look at the operations
              </Button>
              <Button size="s" onClick={forgetDoubts}>
                Dismiss
              </Button>
            </>
          }
        >
          Not known whether it happened, because the connection was lost:{' '}
          {inDoubt
            .map(({ call, document, atMs }) =>
              [call, document === null ? null : `of ${document}`, `at ${clock(atMs)}`]
                .filter((part) => part !== null)
                .join(' '),
            )
            .join(', ')}
          . Look before you do it again: nothing is sent twice.
        </Banner>
      )}
      <ConnectAgainDialog
        open={isAsking && !isOver}
        hasToken={facts !== null && facts.address !== null}
        onConnect={(token) => redial(token)}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}
