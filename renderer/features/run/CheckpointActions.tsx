import type { Ref } from '../../../shared/contract/call.ts'
import type { Checkpoint } from '../../../shared/schema/run.ts'
import { isNative } from '../../state/makeRef.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import type { RunRoute } from './RunPage.tsx'

export type CheckpointActionsProps = {
  readonly route: RunRoute
  readonly reference: Ref
  /** Oldest first. */
  readonly checkpoints: readonly Checkpoint[]
  /** Which one is chosen; -1: none. */
  readonly index: number
  readonly picked: readonly string[]
}

const gone = 'A clean-up thinned it away. Its neighbours open.'

/** What can be done with the checkpoint that is chosen. */
export function CheckpointActions(props: CheckpointActionsProps) {
  const { route, reference, checkpoints, index, picked } = props
  const { go, replace } = useNavigation()
  const { document, format } = reference
  const chosen = checkpoints[index]
  const openable = checkpoints.filter(({ thinned }) => thinned !== true)
  const previous =
    openable.find(({ id }) => id === chosen?.parent) ??
    checkpoints.slice(0, Math.max(0, index)).findLast(({ thinned }) => thinned !== true)
  const isGone = chosen?.['thinned'] === true
  const isLast = chosen !== undefined && chosen === checkpoints.at(-1)
  const compare = (left: string, right: string | null) => {
    const side = { document, format }
    go({
      kind: 'compare',
      left: { ...side, checkpoint: left },
      right: { ...side, checkpoint: right },
    })
  }
  const [first, second] = checkpoints.filter(({ id }) => picked.includes(id))
  if (chosen === undefined && second === undefined)
    return <span>Choose a checkpoint: its state opens below, to compare or to go on from.</span>
  return (
    <>
      <Button
        size="s"
        icon="eye"
        aria-label="Open state"
        disabled={chosen === undefined || isGone}
        title={isGone ? gone : undefined}
        onClick={() => replace({ ...route, tab: 'state' })}
      >
        Open
      </Button>
      <Button
        size="s"
        icon="compare"
        aria-label="Compare with previous"
        disabled={chosen === undefined || previous === undefined || isGone}
        onClick={() => chosen && previous && compare(previous.id, chosen.id)}
      >
        With previous
      </Button>
      <Button
        size="s"
        icon="compare"
        aria-label="Compare with now"
        disabled={chosen === undefined || isGone}
        onClick={() => chosen && compare(chosen.id, null)}
      >
        With now
      </Button>
      {first && second && (
        <Button size="s" icon="compare" onClick={() => compare(first.id, second.id)}>
          Compare picked
        </Button>
      )}
      {isNative(reference) && (
        <Button
          size="s"
          icon={isLast ? 'play' : 'branch'}
          disabled={chosen === undefined || isGone}
          onClick={() => go({ kind: 'resume', document, from: route.checkpoint, step: null })}
        >
          {chosen === undefined || isLast ? 'Resume from…' : 'Fork from…'}
        </Button>
      )}
    </>
  )
}
