import { isEmpty, type Selection } from '../../state/selection.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { Button } from '../../ui/Button.tsx'
import { useChosenRuns } from './useChosenRuns.ts'

export type EditSelectedProps = {
  readonly selection: Selection
  readonly readOnly: string | null
}

/** Goes to where one value, or one step, is edited in all of them; what would become of each is shown there first. */
export function EditSelected({ selection, readOnly }: EditSelectedProps) {
  const { go } = useNavigation()
  const notify = useNotify()
  const { busy, take } = useChosenRuns({
    done: 'edited',
    most,
    onRuns: (runs) => go({ kind: 'editMany', runs }),
  })
  return (
    <Button
      size="s"
      icon="wrench"
      busy={busy}
      aria-disabled={readOnly !== null || isEmpty(selection)}
      title={readOnly ?? 'Edit one value or step in all of them: shows first what would be done'}
      onClick={() => {
        if (readOnly === null) void take(selection)
        else notify('warning', readOnly)
      }}
    >
      Edit…
    </Button>
  )
}

/** The address of the page names them all. */
const most = 2_000
