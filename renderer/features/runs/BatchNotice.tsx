import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createBatchesStore } from '../../state/batchesStore.ts'
import { goesOn, observedOf } from '../../state/batchJobStore.ts'
import { encodeRoute } from '../../state/route.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { formatCount } from '../../ui/formatCount.ts'

/** A batch that goes on, or that waits for a person; nothing where there is none. */
export function BatchNotice() {
  const client = useClient()
  const store = usePageStore('notice', () => createBatchesStore(client, newest))
  const { batches } = useStore(store)
  if (batches.kind !== 'ready') return null
  const open = batches.value.batches.filter(
    (batch) => goesOn(batch) || batch.phase === 'waiting' || batch.phase === 'paused',
  )
  const shown = open.find((batch) => !goesOn(batch)) ?? open[0]
  if (shown === undefined) return null
  const isBusy = goesOn(shown)
  const more = open.length > 1 ? ` And ${open.length - 1} more.` : ''
  return (
    <Banner
      tone={isBusy ? 'busy' : 'warn'}
      icon={isBusy ? 'play' : 'pause'}
      actions={<a href={encodeRoute({ kind: 'batches', batch: shown.batch })}>Look at it</a>}
    >
      {`A batch ${words[shown.phase]}: ${formatCount(observedOf(shown))} of ${formatCount(shown.total)} runs resumed and observed.${more}`}
    </Banner>
  )
}

const newest = 5

const words = {
  planned: 'is about to begin',
  canary: 'runs its canary',
  waiting: 'waits for you after its canary',
  running: 'goes on',
  paused: 'is paused',
  cancelled: 'comes to its end',
  done: 'comes to its end',
} as const
