import type { HistoryFilter } from '../../state/historyStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type HistoryToolsProps = {
  readonly filter: HistoryFilter
  /** The step that is selected everywhere; null: none. */
  readonly selectedStep: string | null
  readonly shown: number
  /** The kinds of entries that can be asked for. */
  readonly types: readonly string[]
  /** How long all of it is; null: not known. */
  readonly total: string | null
  readonly isEmpty: boolean
  readonly onFilter: (filter: HistoryFilter) => void
  readonly onNewest: () => void
  readonly onOldest: () => void
}

const any = ''

export function HistoryTools(props: HistoryToolsProps) {
  const { filter, selectedStep, shown, types, total, isEmpty, onFilter, onNewest, onOldest } = props
  const step = filter.step ?? selectedStep
  return (
    <TabBar>
      <Button size="s" icon="arrowUp" disabled={isEmpty} onClick={onNewest}>
        Newest
      </Button>
      <Button size="s" icon="arrowDown" disabled={isEmpty} onClick={onOldest}>
        Oldest
      </Button>
      <Select
        compact
        label="Type of record"
        value={filter.type ?? any}
        options={[
          { value: any, label: 'All types' },
          ...types.map((type) => ({ value: type, label: type })),
        ]}
        onChange={(type) => onFilter({ ...filter, type: type === any ? null : type })}
      />
      {step !== null && (
        <Checkbox
          label={`Only ${step}`}
          checked={filter.step !== null}
          onChange={(isOnly) => onFilter({ ...filter, step: isOnly ? step : null })}
        />
      )}
      <span className={styles.push}>
        {shown.toLocaleString('en')} shown{total !== null && ` of ${total}`}
      </span>
    </TabBar>
  )
}
