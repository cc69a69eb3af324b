import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Select } from '../../ui/Select.tsx'

export type CheckpointPickerProps = {
  readonly label: string
  /** Makes the store of the run whose checkpoints are offered. */
  readonly create: () => RunStore
  readonly value: string | null
  readonly onChange: (checkpoint: string | null) => void
}

const now = ''

export function CheckpointPicker({ label, create, value, onChange }: CheckpointPickerProps) {
  const store = usePageStore(label, create)
  const { detail, checkpoints } = useStore(store)
  const options = checkpoints.toReversed().map(({ id, name, seq }) => ({
    value: String(id),
    label: `${name} (record ${seq})`,
  }))
  // A checkpoint of the address that is not among the newest is offered too.
  const isListed = value === null || options.some((option) => option.value === value)
  const all = isListed ? options : [...options, { value, label: value }]
  return (
    <Select
      compact
      label={label}
      value={value ?? now}
      disabled={detail.kind === 'loading'}
      options={[
        { value: now, label: detail.kind === 'failed' ? 'Cannot be opened' : 'Now' },
        ...all,
      ]}
      onChange={(chosen) => onChange(chosen === now ? null : chosen)}
    />
  )
}
