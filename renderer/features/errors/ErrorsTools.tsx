import { useEffect, useState } from 'react'
import { ErrorState } from '../../../shared/schema/errorGroup.ts'
import type { ErrorsFilter, ErrorsState } from '../../state/errorsStore.ts'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { errorLooks } from './errorLooks.ts'
import styles from './ErrorsPage.module.css'

export type ErrorsToolsProps = {
  readonly filter: ErrorsFilter
  readonly list: ErrorsState['list']
  readonly onFilter: (filter: ErrorsFilter) => void
}

/** Letters are asked for when the typing rests, not with each key. */
export function ErrorsTools({ filter, list, onFilter }: ErrorsToolsProps) {
  const [text, setText] = useState(filter.text)
  useEffect(() => {
    if (text === filter.text) return undefined
    const rest = window.setTimeout(() => onFilter({ ...filter, text }), restMs)
    return () => window.clearTimeout(rest)
  }, [text, filter, onFilter])
  const counts = list.kind === 'ready' ? list.value.counts : null
  const chips = ErrorState.options.map((id) => ({
    id,
    label: errorLooks[id].word,
    icon: errorLooks[id].icon,
    tone: errorLooks[id].tone,
    count: counts?.[id] ?? null,
  }))
  return (
    <div className={styles.tools}>
      <FilterChips
        label="Where they stand"
        chips={chips}
        pressed={(id) => filter.state === id}
        onPress={(id) => onFilter({ ...filter, state: filter.state === id ? null : id })}
      />
      <SearchField
        label="Search errors"
        placeholder="Step, class or message"
        value={text}
        shortcut="/"
        onChange={setText}
      />
    </div>
  )
}

const restMs = 200
