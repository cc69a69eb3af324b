import { useId } from 'react'
import type { SettingKind } from '../../../shared/core/settings/settingRows.ts'
import { readValue } from './readValue.ts'
import styles from './SettingItem.module.css'

export type NumberEditorProps = {
  readonly label: string
  readonly json: string
  readonly kind: SettingKind & { readonly kind: 'number' }
  readonly isDisabled: boolean
  readonly onChange: (json: string) => void
}

/** A number with its unit; left empty where there need not be a limit. */
export function NumberEditor({ label, json, kind, isDisabled, onChange }: NumberEditorProps) {
  const id = useId()
  const value = readValue(json)
  return (
    <span className={styles.number}>
      <input
        className={styles.input}
        inputMode="decimal"
        aria-label={label}
        aria-describedby={id}
        placeholder={kind.isOptional ? 'no limit' : ''}
        disabled={isDisabled}
        value={value === null ? '' : typeof value === 'string' ? value : json}
        onChange={(event) => onChange(written(event.target.value, kind.isOptional))}
      />
      <span id={id} className={styles.unit}>
        {kind.unit}
      </span>
    </span>
  )
}

function written(text: string, isOptional: boolean): string {
  const typed = text.trim()
  if (typed === '' && isOptional) return 'null'
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(typed) ? typed : JSON.stringify(text)
}
