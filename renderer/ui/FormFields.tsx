import { FormControl, type FormControlProps } from './FormControl.tsx'
import styles from './FormFields.module.css'

export type FormFieldsProps = Pick<
  FormControlProps,
  'onChange' | 'onLeave' | 'isDisabled' | 'hidesSecrets'
> & {
  readonly entries: readonly FormControlProps['entry'][]
}

/** The fields of a form, whatever they ask for: short ones side by side where there is room. */
export function FormFields({ entries, ...rest }: FormFieldsProps) {
  return (
    <div className={styles.fields}>
      {entries.map((entry) => (
        <div key={entry.name} className={styles.cell} data-control={entry.control}>
          <FormControl entry={entry} {...rest} />
        </div>
      ))}
    </div>
  )
}
