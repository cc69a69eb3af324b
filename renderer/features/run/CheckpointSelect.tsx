import type { Checkpoint } from '../../../shared/schema/run.ts'
import { Select } from '../../ui/Select.tsx'

export type CheckpointSelectProps = {
  readonly label: string
  readonly checkpoints: readonly Checkpoint[]
  readonly value: string | null
  readonly onChange: (checkpoint: string | null) => void
}

const now = ''

export function CheckpointSelect(props: CheckpointSelectProps) {
  const { label, checkpoints, value, onChange } = props
  const options = checkpoints.toReversed().map(({ id, name, seq }) => ({
    value: String(id),
    label: `${name} (record ${seq})`,
  }))
  return (
    <Select
      compact
      label={label}
      value={value ?? now}
      options={[{ value: now, label: 'Now' }, ...options]}
      onChange={(chosen) => onChange(chosen === now ? null : chosen)}
    />
  )
}
