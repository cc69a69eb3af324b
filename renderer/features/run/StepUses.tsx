import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { StepUse } from '../../../shared/contract/reading.ts'
import type { StepId } from '../../../shared/schema/ids.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { createStepUsesStore } from '../../state/stepUsesStore.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './StepUses.module.css'

export type StepUsesProps = { readonly detail: RunDetail; readonly step: StepId }

/** What the chosen step reads and writes; each leads to its place in the state. */
export function StepUses({ detail, step }: StepUsesProps) {
  const client = useClient()
  const { ref } = detail
  const store = usePageStore(`${ref.document} ${step}`, () =>
    createStepUsesStore(client, { ref, step }),
  )
  const { uses, refresh } = useStore(store)
  const hrefOf = (pointer: string) =>
    encodeRoute({ ...runRoute(ref.document, ref.format), tab: 'state', step, pointer })
  return (
    <Panel title="Reads and writes" look="plain">
      {uses.kind === 'loading' && <Spinner label="Looking at the definition" size="s" />}
      {uses.kind === 'failed' && <ErrorPanel error={uses.error} onRetry={() => void refresh()} />}
      {uses.kind === 'ready' && (
        <>
          <Uses label="Reads" uses={uses.value.reads} hrefOf={hrefOf} />
          <Uses label="Writes" uses={uses.value.writes} hrefOf={hrefOf} />
        </>
      )}
    </Panel>
  )
}

type UsesProps = {
  readonly label: string
  readonly uses: readonly StepUse[]
  readonly hrefOf: (pointer: string) => string
}

function Uses({ label, uses, hrefOf }: UsesProps) {
  const mask = useMask()
  return (
    <>
      <h4 className={styles.heading}>{label}</h4>
      {uses.length === 0 && <p className={styles.quiet}>Nothing that its definition names.</p>}
      <ul aria-label={label}>
        {uses.map(({ kind, name, pointer, value }) => (
          <li key={`${kind} ${name}`} className={styles.use}>
            {pointer !== null && value !== null ? (
              <a className={styles.name} href={hrefOf(pointer)} title={pointer}>
                {name}
              </a>
            ) : (
              <span className={styles.name}>{name}</span>
            )}
            <span className={styles.quiet}>
              {kind === 'file'
                ? 'file'
                : value === null
                  ? 'nothing yet'
                  : mask.value(pointer ?? '', value.preview)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
