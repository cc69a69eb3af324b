import { useId } from 'react'
import type { PolicyRule } from '../../state/policyDraft.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import styles from './PolicyForm.module.css'

export type PolicyRuleTexts = {
  readonly title: string
  /** Accessible name of the number. */
  readonly name: string
  /** Null: the rule is on or off, and has no number. */
  readonly unit: string | null
}

export type PolicyRuleFieldProps = {
  readonly texts: PolicyRuleTexts
  readonly rule: PolicyRule
  readonly problem: string | undefined
  readonly onChange: (rule: PolicyRule) => void
}

/** One rule on one line: whether it is on, and its number. */
export function PolicyRuleField({ texts, rule, problem, onChange }: PolicyRuleFieldProps) {
  const id = useId()
  const { title, name, unit } = texts
  return (
    <div className={styles.rule} data-on={rule.isOn}>
      <Checkbox
        label={title}
        checked={rule.isOn}
        onChange={(isOn) => onChange({ ...rule, isOn })}
      />
      {unit !== null && (
        <span className={styles.value}>
          <input
            className={styles.number}
            type="number"
            min={0}
            aria-label={name}
            aria-invalid={problem === undefined ? undefined : true}
            aria-describedby={problem === undefined ? undefined : id}
            disabled={!rule.isOn}
            value={rule.text}
            onChange={(event) => onChange({ ...rule, text: event.target.value })}
          />
          {unit}
        </span>
      )}
      {problem !== undefined && (
        <p id={id} className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
