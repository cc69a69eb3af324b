import { useStore } from 'zustand'
import type { RunDetail, RunRow } from '../../../shared/contract/runs.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createLastGoodStore } from '../../state/lastGoodStore.ts'
import type { Route } from '../../state/route.ts'
import type { Remote } from '../../state/remote.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useOffers } from '../../state/useOffers.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import styles from './DiagnosisPanel.module.css'

export type LastGoodProps = { readonly detail: RunDetail; readonly workflow: string }

/** One press from a run that does not move to where it parted from the last one that was completed. */
export function LastGood({ detail, workflow }: LastGoodProps) {
  const client = useClient()
  const { go } = useNavigation()
  const notify = useNotify()
  const { document } = detail.ref
  const store = usePageStore(`${workflow} ${document}`, () =>
    createLastGoodStore(client, { workflow, document }),
  )
  const { run } = useStore(store)
  const good = run.kind === 'ready' ? run.value : null
  const refusal = whyNot(run, workflow)
  const compare = () => {
    if (good !== null) go(routeOf(detail, good))
    else if (refusal !== null) notify('info', refusal)
  }
  useShortcut('d', compare)
  useOffers(() => [
    {
      kind: 'action',
      id: 'last-good',
      title: label,
      note: good?.id ?? null,
      disabled: refusal,
      run: compare,
    },
  ])
  return (
    <span className={styles.good}>
      <Button
        size="s"
        icon="compare"
        disabled={refusal !== null}
        title={refusal ?? good?.id}
        aria-keyshortcuts="d"
        onClick={compare}
      >
        {label}
      </Button>
      <span className={styles.goodAt}>
        {good === null ? (
          refusal
        ) : (
          <>
            completed <TimeText at={good.finishedAt} />
          </>
        )}
      </span>
    </span>
  )
}

const label = 'Compare with the last good run'

function whyNot(run: Remote<RunRow | null>, workflow: string): string | null {
  switch (run.kind) {
    case 'loading':
      return 'It is being looked for.'
    case 'failed':
      return `It could not be looked for. ${run.error.message}`
    default:
      return run.value === null ? `No other run of ${workflow} was completed here.` : null
  }
}

function routeOf({ ref }: RunDetail, good: RunRow): Route {
  return {
    kind: 'compare',
    left: { document: good.ref.document, format: good.ref.format, checkpoint: null },
    right: { document: ref.document, format: ref.format, checkpoint: null },
  }
}
