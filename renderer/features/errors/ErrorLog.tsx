import { useStore } from 'zustand'
import type { ErrorDetail } from '../../../shared/contract/errors.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createLogTailStore } from '../../state/logTailStore.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { LogLines } from '../../ui/LogLines.tsx'
import { Panel } from '../../ui/Panel.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorLogProps = { readonly newest: NonNullable<ErrorDetail['newest']> }

/** The end of what the attempt wrote that failed last, and the way to all of it. */
export function ErrorLog({ newest }: ErrorLogProps) {
  const { ref, step, attempt } = newest
  const client = useClient()
  const store = usePageStore(`${ref.document} ${step} ${attempt}`, () =>
    createLogTailStore(client, newest),
  )
  const { tail } = useStore(store)
  const mask = useMask()
  const whole = encodeRoute({ ...runRoute(ref.document), tab: 'logs', step })
  return (
    <Panel
      title={`Log of ${step}, attempt ${attempt}`}
      look="plain"
      actions={<a href={whole}>Whole log</a>}
    >
      {tail.kind === 'loading' ? (
        <p className={styles.quiet}>Reading the log…</p>
      ) : tail.kind === 'failed' ? (
        <p className={styles.quiet} role="alert">
          {tail.error.message}
        </p>
      ) : tail.value.lines.length === 0 ? (
        <p className={styles.quiet}>It wrote nothing.</p>
      ) : (
        <LogLines
          label={`Last lines of the log of ${step}`}
          lines={tail.value.lines.map(mask.text)}
        />
      )}
    </Panel>
  )
}
