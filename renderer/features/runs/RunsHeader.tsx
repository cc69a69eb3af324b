import type { RunView } from '../../../shared/contract/runs.ts'
import type { Route } from '../../state/route.ts'
import type { RunCounts } from '../../state/runsStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { chips, titles } from './chips.ts'
import styles from './RunsHeader.module.css'

export type RunsHeaderProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly counts: RunCounts | null
  /** Rows that wait to be let in. */
  readonly newRows: number
  readonly onShowNew: () => void
}

export function RunsHeader({ route, counts, newRows, onShowNew }: RunsHeaderProps) {
  const { go, replace } = useNavigation()
  const press = (view: RunView) =>
    go({ ...route, view: view === route.view && view !== 'all' ? 'all' : view })
  return (
    <PageHeader
      title={titles[route.view]}
      note={
        newRows > 0 && (
          <button type="button" className={styles.pill} onClick={onShowNew}>
            {`${newRows.toLocaleString('en')} new`}
          </button>
        )
      }
      actions={
        <SearchField
          label="Search runs"
          placeholder="Run, workflow, step, reason"
          shortcut="/"
          value={route.text}
          onChange={(text) => replace({ ...route, text })}
          onEnter={focusTable}
        />
      }
    >
      <FilterChips
        label="Views"
        chips={chips.map((chip) => ({ ...chip, count: counts?.[chip.id] ?? null }))}
        pressed={(view) => view === route.view}
        onPress={press}
      />
    </PageHeader>
  )
}

function focusTable() {
  document.querySelector<HTMLElement>('[role="grid"]')?.focus()
}
