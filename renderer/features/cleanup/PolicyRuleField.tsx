import { useId } from 'react'
import type { PolicyRule } from '../../state/policyDraft.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
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
          <NumberInput
            aria-label={name}
            aria-describedby={problem === undefined ? undefined : id}
            disabled={!rule.isOn}
            value={rule.text}
            isInvalid={problem !== undefined}
            onChange={(text) => onChange({ ...rule, text })}
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
