import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useOffers } from '../../state/useOffers.ts'
import { isMoving, isWatched } from '../../state/watchStore.ts'
import { Button } from '../../ui/Button.tsx'

export type WatchButtonProps = { readonly detail: RunDetail }

/** "Watch", while the run goes on: it is told when it rests, wherever one is by then. */
export function WatchButton({ detail }: WatchButtonProps) {
  const { watch } = useStores()
  const { toggle, ...state } = useStore(watch)
  const { ref } = detail
  const isOn = isWatched(state, ref)
  const isRefused = !isOn && !isMoving(detail)
  useOffers(() => [
    {
      kind: 'action',
      id: 'watch',
      title: isOn ? 'Stop watching the run' : 'Watch the run: be told when it rests',
      note: null,
      disabled: isRefused ? 'It rests already.' : null,
      run: () => toggle(ref),
    },
  ])
  if (isRefused) return null
  return (
    <Button
      icon="eye"
      aria-pressed={isOn}
      title={
        isOn ? 'You are told when it rests' : 'Tells you when it rests, wherever you are by then'
      }
      onClick={() => toggle(ref)}
    >
      {isOn ? 'Watching' : 'Watch'}
    </Button>
  )
}
