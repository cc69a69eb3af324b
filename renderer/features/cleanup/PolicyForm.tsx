import {
  policyFields,
  readPolicy,
  type PolicyDraft,
  type PolicyField,
  type PolicyRule,
} from '../../state/cleanupStore.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './PolicyForm.module.css'

export type PolicyFormProps = {
  readonly draft: PolicyDraft
  readonly onChange: (field: PolicyField, rule: PolicyRule) => void
}

export function PolicyForm({ draft, onChange }: PolicyFormProps) {
  const { problems } = readPolicy(draft)
  return (
    <form
      className={styles.form}
      aria-label="Clean-up policy"
      onSubmit={(event) => event.preventDefault()}
    >
      <p className={styles.note}>
        The preview lists what these rules choose; nothing moves before you confirm. Runs that are
        not at rest, pinned, locked or damaged, or have a live fork, always stay.
      </p>
      {policyFields.map((field) => {
        const rule = draft[field]
        const { title, unit } = texts[field]
        return (
          <div key={field} className={styles.rule} data-on={rule.isOn}>
            <Checkbox
              label={title}
              checked={rule.isOn}
              onChange={(isOn) => onChange(field, { ...rule, isOn })}
            />
            <div className={styles.value}>
              <TextField
                label={unit}
                type="number"
                value={rule.text}
                disabled={!rule.isOn}
                error={problems[field]}
                onChange={(text) => onChange(field, { ...rule, text })}
              />
            </div>
          </div>
        )
      })}
    </form>
  )
}

const texts: { readonly [F in PolicyField]: { readonly title: string; readonly unit: string } } = {
  completed: { title: 'Completed runs', unit: 'Days to keep completed runs' },
  failed: { title: 'Failed runs', unit: 'Days to keep failed runs' },
  cancelled: { title: 'Cancelled runs', unit: 'Days to keep cancelled runs' },
  maxRunsPerWorkflow: { title: 'Only the newest', unit: 'Newest runs kept per workflow' },
  maxMegabytes: { title: 'Size cap: the oldest go first', unit: 'Megabytes kept in total' },
}
