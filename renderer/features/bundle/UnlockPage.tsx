import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Unlock } from './Unlock.tsx'
import styles from './UnlockPage.module.css'

export type UnlockPageProps = {
  /** What the bundle is called. */
  readonly name: string
}

/** Stands in place of everything else while an encrypted bundle waits for its passphrase. */
export function UnlockPage({ name }: UnlockPageProps) {
  const stores = useStores()
  const { lock, unlock } = useStore(stores.workspace)
  const { workspaces, canOpen, problem, switchTo } = useStore(stores.recent)
  const before = workspaces.find(({ isCurrent }) => !isCurrent)
  const failure = lock.kind === 'failed' && !lock.isWrong ? lock.error : problem
  return (
    <main className={styles.page}>
      <section className={styles.panel} aria-label="An encrypted bundle">
        <h1 className={styles.title}>{name}</h1>
        {failure !== null && <ErrorPanel what="It was not opened." error={failure} />}
        <Unlock
          wrong={lock.kind === 'failed' && lock.isWrong}
          busy={lock.kind === 'trying'}
          onUnlock={(passphrase) => void unlock(passphrase)}
        />
        {canOpen && before !== undefined && (
          <Button
            variant="quiet"
            icon="back"
            title={before.path}
            onClick={() => void switchTo(before.path)}
          >
            {`Back to ${before.name}`}
          </Button>
        )}
      </section>
    </main>
  )
}
