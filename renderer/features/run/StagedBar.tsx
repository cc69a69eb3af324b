import { useStore } from 'zustand'
import { isNative } from '../../state/makeRef.ts'
import { documentRoute, type Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'

export type StagedBarProps = { readonly document: string }

/** How many edits wait for this run, and what they need. */
export function StagedBar({ document }: StagedBarProps) {
  const { go } = useNavigation()
  const { edits } = useStores()
  const staged = useStore(edits, (state) => state.runs[document])
  const discard = useStore(edits, (state) => state.discard)
  if (staged === undefined || staged.edits.length === 0) return null
  const plan = staged.planning.kind === 'ready' ? staged.planning.planned.plan : null
  const said =
    staged.planning.kind === 'failed'
      ? staged.planning.error.message
      : plan?.meanwhile
        ? 'The run changed meanwhile.'
        : (plan?.problems[0]?.sentence ??
          plan?.rows.find(({ problem }) => problem !== null)?.problem?.sentence ??
          null)
  const preview: Route = isNative(staged.ref)
    ? { kind: 'edit', document }
    : documentRoute(staged.ref, 'edit')
  const count = staged.edits.length
  return (
    <Banner
      tone={said === null ? 'busy' : 'bad'}
      icon={said === null ? 'wrench' : 'alert'}
      actions={
        <>
          <Button size="s" variant="quiet" onClick={() => discard(document)}>
            Discard
          </Button>
          <Button size="s" variant="primary" onClick={() => go(preview)}>
            Preview…
          </Button>
        </>
      }
    >
      {count === 1 ? '1 staged edit.' : `${count} staged edits.`}{' '}
      {said ?? 'Nothing is changed before you apply.'}
    </Banner>
  )
}
