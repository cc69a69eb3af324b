import type { ComponentProps } from 'react'
import styles from './Field.module.css'

export type NumberInputProps = Pick<
  ComponentProps<'input'>,
  'id' | 'aria-label' | 'aria-describedby' | 'disabled'
> & {
  readonly value: string
  readonly isInvalid: boolean
  readonly onChange: (text: string) => void
}

/** A number in a sentence or a row, as it is typed. */
export function NumberInput({ isInvalid, onChange, ...rest }: NumberInputProps) {
  return (
    <input
      {...rest}
      className={styles.control}
      data-width="number"
      type="number"
      min={0}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
