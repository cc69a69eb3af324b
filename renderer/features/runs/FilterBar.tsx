import type { GroupBy } from '../../../shared/schema/runCondition.ts'
import { newestFirst, type Route } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { TokenField } from '../../ui/TokenField.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { SaveView } from './SaveView.tsx'
import { useFilterBar } from './useFilterBar.ts'
import styles from './FilterBar.module.css'

export type FilterBarProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly onDone: () => void
}

/** Which runs are shown, and how: filters, words, groups. */
export function FilterBar({ route, onDone }: FilterBarProps) {
  const bar = useFilterBar(route, onDone)
  const { go } = useNavigation()
  const focus = () => {
    bar.field.current?.focus()
    bar.field.current?.select()
  }
  const add = () => {
    bar.field.current?.focus()
    bar.onOpen()
  }
  useShortcut('/', focus)
  useShortcut('f', add)
  const isPinnedFirst = route.sort?.pinnedFirst === true
  const isFiltered = bar.tokens.length > 0 || bar.text !== ''
  return (
    <div className={styles.bar}>
      <TokenField
        {...bar}
        label="Search runs"
        placeholder="Run, workflow, step, reason, or a filter such as status:failed age>1h"
        shortcut="/"
        onClear={() => go({ ...route, text: '' })}
      />
      <Button icon="filter" aria-keyshortcuts="f" title="Add a filter (f)" onClick={add}>
        Filter
      </Button>
      <Select
        label="Group by"
        compact
        value={route.groupBy ?? 'none'}
        options={groupings}
        onChange={(value) => go(withGroup(route, value))}
      />
      {route.groupBy === undefined && (
        <IconButton
          icon="pin"
          label="Pinned runs first"
          aria-pressed={isPinnedFirst}
          onClick={() =>
            go({ ...route, sort: { ...(route.sort ?? newestFirst), pinnedFirst: !isPinnedFirst } })
          }
        />
      )}
      {(isFiltered || isArranged(route)) && <SaveView route={route} />}
    </div>
  )
}

/** Shown otherwise than at first, and so worth a name. */
function isArranged({ groupBy, sort, columns }: FilterBarProps['route']): boolean {
  return [groupBy, sort, columns].some((part) => part !== undefined)
}

const groupings: readonly { readonly value: GroupBy | 'none'; readonly label: string }[] = [
  { value: 'none', label: 'No groups' },
  { value: 'workflow', label: 'By workflow' },
  { value: 'error', label: 'By error' },
  { value: 'version', label: 'By version' },
  { value: 'status', label: 'By status' },
  { value: 'tag', label: 'By tag' },
  { value: 'colour', label: 'By colour' },
]

function withGroup(
  { groupBy: _before, ...route }: FilterBarProps['route'],
  group: GroupBy | 'none',
): FilterBarProps['route'] {
  return { ...route, ...(group === 'none' ? {} : { groupBy: group }) }
}
