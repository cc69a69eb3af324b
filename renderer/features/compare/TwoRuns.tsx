import { useState } from 'react'
import { useStore } from 'zustand'
import type { PartingRow } from '../../../shared/contract/compare.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import type { CompareSides } from '../../state/compareStore.ts'
import { createDivergenceStore } from '../../state/divergenceStore.ts'
import { useNotify } from '../../state/useNotify.ts'
import type { Remote } from '../../state/remote.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useShortcut } from '../../ui/useShortcut.ts'
import { DivergenceBanner } from './DivergenceBanner.tsx'

export type TwoRunsProps = {
  readonly sides: CompareSides
  readonly isExact: boolean
  readonly onJump: (parting: PartingRow) => void
  readonly onStep: (step: string) => void
}

/** What there is to say of two runs before their changes: where they part. */
export function TwoRuns({ sides, isExact, onJump, onStep }: TwoRunsProps) {
  const client = useClient()
  const [areStepsShown, setAreStepsShown] = useState(false)
  const store = usePageStore('divergence', () => createDivergenceStore(client, sides, isExact))
  const { divergence } = useStore(store)
  const notify = useNotify()
  const first = divergence.kind === 'ready' ? divergence.value.first : null
  useShortcut('d', () => {
    if (first !== null) onJump(first)
    else notify('info', whyNoParting(divergence))
  })
  return (
    <DivergenceBanner
      store={store}
      areStepsShown={areStepsShown}
      onSteps={() => setAreStepsShown(!areStepsShown)}
      onJump={onJump}
      onStep={onStep}
    />
  )
}

function whyNoParting({ kind }: Remote<unknown>): string {
  if (kind === 'loading') return 'Where they part is being looked for.'
  return kind === 'failed' ? 'Where they part is not known.' : 'These two runs part nowhere.'
}
