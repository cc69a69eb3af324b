import { formatCount } from './formatCount.ts'
import { Icon, type IconName } from './Icon.tsx'
import { ScrollRow } from './ScrollRow.tsx'
import type { Tone } from './statusLooks.ts'
import styles from './FilterChips.module.css'

export type FilterChip<Id extends string> = {
  readonly id: Id
  readonly label: string
  readonly icon?: IconName
  readonly tone?: Tone
  readonly count: number | null
}

export type FilterChipsProps<Id extends string> = {
  readonly label: string
  readonly chips: readonly FilterChip<Id>[]
  readonly pressed: (id: Id) => boolean
  readonly onPress: (id: Id) => void
}

/** Counts that filter what is below them. */
export function FilterChips<Id extends string>(props: FilterChipsProps<Id>) {
  const { label, chips, pressed, onPress } = props
  return (
    <fieldset className={styles.chips} aria-label={label}>
      <ScrollRow>
        {chips.map((chip) => (
          <button
            key={chip.id}
            type="button"
            className={styles.chip}
            data-tone={chip.count === 0 ? 'neutral' : chip.tone}
            aria-pressed={pressed(chip.id)}
            onClick={() => onPress(chip.id)}
          >
            {chip.icon && <Icon name={chip.icon} size={14} />}
            {chip.label}
            {chip.count !== null && <span className={styles.count}>{formatCount(chip.count)}</span>}
          </button>
        ))}
      </ScrollRow>
    </fieldset>
  )
}
