import { useEffect, useState } from 'react'
import { operationCalls, operationWords } from '../../../shared/core/operations/operationWords.ts'
import { OperationState } from '../../../shared/contract/upkeep.ts'
import type { OperationsFilter } from '../../state/operationsStore.ts'
import { Button } from '../../ui/Button.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './OperationsPage.module.css'

export type OperationsToolsProps = {
  readonly filter: OperationsFilter
  readonly onFilter: (filter: OperationsFilter) => void
  /** How many are shown. */
  readonly shown: string
}

/** Letters are asked for when the typing rests, not with each key. */
export function OperationsTools({ filter, onFilter, shown }: OperationsToolsProps) {
  const { run, call, state } = filter
  const [text, setText] = useState(filter.text)
  useEffect(() => {
    if (text === filter.text) return undefined
    const rest = window.setTimeout(() => onFilter({ ...filter, text }), restMs)
    return () => window.clearTimeout(rest)
  }, [text, filter, onFilter])
  return (
    <div className={styles.tools}>
      <SearchField
        label="Search operations"
        placeholder="Run, reason, person, error"
        value={text}
        shortcut="/"
        onChange={setText}
      />
      <Select
        compact
        label="Kind of operation"
        value={call ?? any}
        options={calls(call)}
        onChange={(next) => onFilter({ ...filter, call: next === any ? null : next })}
      />
      <Select
        compact
        label="Outcome"
        value={state ?? any}
        options={outcomes}
        onChange={(next) => onFilter({ ...filter, state: next === any ? null : next })}
      />
      {run !== null && (
        <Button size="s" icon="close" onClick={() => onFilter({ ...filter, run: null })}>
          Only {run}
        </Button>
      )}
      <span className={styles.shown} role="status">
        {shown}
      </span>
    </div>
  )
}

const any = ''
const restMs = 200

/** A kind that has no words of its own, from an address, is one of the choices too. */
function calls(
  chosen: string | null,
): readonly { readonly value: string; readonly label: string }[] {
  const known = chosen === null || operationCalls.includes(chosen)
  return [
    { value: any, label: 'All kinds' },
    ...(known ? [] : [{ value: chosen, label: chosen }]),
    ...operationCalls.map((value) => ({ value, label: operationWords(value) })),
  ]
}

const outcomeWords = { done: 'Done', failed: 'Failed', unfinished: 'No end seen' } as const
const outcomes: readonly { readonly value: OperationState | ''; readonly label: string }[] = [
  { value: any, label: 'All outcomes' },
  ...OperationState.options.map((value) => ({ value, label: outcomeWords[value] })),
]
