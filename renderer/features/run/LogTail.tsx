import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { everyInterval, never } from '../../state/every.ts'
import { createLogTailStore } from '../../state/logTailStore.ts'
import { encodeRoute } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { LogLines } from '../../ui/LogLines.tsx'
import type { RunRoute } from './RunPage.tsx'
import styles from './LogTail.module.css'

export type LogTailProps = {
  readonly reference: Ref
  readonly route: RunRoute
  readonly log: { readonly step: string; readonly attempt: number }
  /** The attempt goes on, and its log with it. */
  readonly isLive: boolean
}

/** The end of the log of the attempt that a reason is about, in place, and the way to all of it. */
export function LogTail({ reference, route, log, isLive }: LogTailProps) {
  const { step, attempt } = log
  const client = useClient()
  const store = usePageStore(`${reference.document} ${step} ${attempt} ${isLive}`, () =>
    createLogTailStore(client, { ref: reference, ...log }, isLive ? everyInterval : never),
  )
  const { tail, refresh } = useStore(store)
  const mask = useMask()
  const whole = encodeRoute({ ...route, tab: 'logs', step })
  return (
    <section className={styles.tail} aria-label={`End of the log of ${step}, attempt ${attempt}`}>
      <header className={styles.head}>
        <h3 className={styles.title}>
          Log of <code>{step}</code>, attempt {attempt}
        </h3>
        <a href={whole}>Whole log</a>
      </header>
      {tail.kind === 'loading' && <p className={styles.quiet}>Reading the log…</p>}
      {tail.kind === 'failed' && (
        <p className={styles.quiet} role="alert">
          {tail.error.message}{' '}
          <Button size="s" variant="quiet" onClick={() => void refresh()}>
            Try again
          </Button>
        </p>
      )}
      {tail.kind === 'ready' && tail.value.lines.length === 0 && (
        <p className={styles.quiet}>It wrote nothing{isLive ? ' yet' : ''}.</p>
      )}
      {tail.kind === 'ready' && tail.value.lines.length > 0 && (
        <LogLines
          label={`Last lines of the log of ${step}`}
          lines={tail.value.lines.map(mask.text)}
        />
      )}
    </section>
  )
}
