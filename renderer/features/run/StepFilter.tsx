import { groupBy } from '../../ui/groupBy.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { statusLook } from '../../ui/statusLooks.ts'
import type { StepFilterValue } from './matchSteps.ts'

export type StepFilterProps = {
  readonly steps: readonly { readonly status: string }[]
  readonly filter: StepFilterValue
  /** How many match; null when nothing in particular is looked for. */
  readonly found: number | null
  readonly shortcut?: string
  readonly onFilter: (filter: StepFilterValue) => void
  /** Enter: on to the next that matches. */
  readonly onNext: () => void
}

const every = 'every'

/** Finds steps by name and by status. */
export function StepFilter(props: StepFilterProps) {
  const { steps, filter, found, shortcut, onFilter, onNext } = props
  const counts = groupBy(steps, ({ status }) => status)
  const statuses = [...counts].map(([status, of]) => ({
    value: status,
    label: `${statusLook(status).word} (${of.length})`,
  }))
  return (
    <>
      <SearchField
        label="Find a step"
        value={filter.text}
        shortcut={shortcut ?? null}
        onChange={(text) => onFilter({ ...filter, text })}
        onEnter={onNext}
      />
      <Select
        compact
        label="Status"
        value={filter.status ?? every}
        options={[{ value: every, label: `Every status (${steps.length})` }, ...statuses]}
        onChange={(status) => onFilter({ ...filter, status: status === every ? null : status })}
      />
      {found !== null && (
        <output>
          {found.toLocaleString('en')} of {steps.length.toLocaleString('en')}
        </output>
      )}
    </>
  )
}
