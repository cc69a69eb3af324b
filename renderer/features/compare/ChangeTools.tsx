import type { ChangeRow } from '../../../shared/contract/compare.ts'
import { editRoute } from '../../state/editRoute.ts'
import type { CompareSides, CompareStore } from '../../state/compareStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { ShownChange } from '../../ui/diffLine.ts'
import { useShortcut } from '../../ui/useShortcut.ts'

export type ChangeToolsProps = {
  readonly change: ShownChange
  readonly store: CompareStore
  readonly sides: CompareSides
  readonly isBlaming: boolean
  readonly onBlame: () => void
}

/** What can be done with the change that is looked at. */
export function ChangeTools({ change, store, sides, isBlaming, onBlame }: ChangeToolsProps) {
  const { go } = useNavigation()
  const notify = useNotify()
  const copy = async (what: string, read: () => Promise<string> | string) => {
    try {
      await navigator.clipboard.writeText(await read())
      notify('done', `Copied the ${what} of ${change.path}.`)
    } catch (error) {
      notify('error', error instanceof Error ? error.message : `The ${what} could not be copied.`)
    }
  }
  const copyPath = () => void copy('path', () => change.path)
  const copyValue = (side: 'before' | 'after') =>
    void copy(`value ${side}`, () => valueOf(store, change, side))
  const editable = editRoute(sides, change)
  const edit = () => {
    if (editable !== null) go(editable)
    else notify('info', notEdited)
  }
  useShortcut('e', edit)
  useShortcut('c', copyPath)
  useShortcut('v', () => copyValue(change.after === null ? 'before' : 'after'))
  return (
    <>
      <IconButton
        icon="history"
        size="s"
        label="What changed it"
        title="What changed it (b)"
        aria-pressed={isBlaming}
        onClick={onBlame}
      />
      {editable !== null && (
        <IconButton
          icon="pencil"
          size="s"
          label={`Open it in ${editable.document}`}
          title={`Open it in ${editable.document}, to edit it (e)`}
          onClick={edit}
        />
      )}
      <IconButton icon="copy" size="s" label="Copy path" title="Copy path (c)" onClick={copyPath} />
      {change.before !== null && (
        <IconButton
          icon="minus"
          size="s"
          label="Copy value before"
          onClick={() => copyValue('before')}
        />
      )}
      {change.after !== null && (
        <IconButton
          icon="plus"
          size="s"
          label="Copy value after"
          title="Copy value after (v)"
          onClick={() => copyValue('after')}
        />
      )}
    </>
  )
}

const notEdited =
  'What is edited is the state of a run as it is now: neither side has this value there.'

/** A long value is cut in the list, and never copied cut. */
function valueOf(
  store: CompareStore,
  change: ChangeRow,
  side: 'before' | 'after',
): Promise<string> | string {
  const text = change[side]
  return change.truncated || text === null ? store.getState().readValue(side, change) : text
}
