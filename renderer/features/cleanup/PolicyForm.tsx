import type { PolicyDraft, PolicyField, PolicyRule } from '../../state/policyDraft.ts'
import { readPolicy } from '../../state/policyDraft.ts'
import { PolicyRuleField, type PolicyRuleTexts } from './PolicyRuleField.tsx'
import { WorkflowOverrides, type WorkflowOverridesProps } from './WorkflowOverrides.tsx'
import styles from './PolicyForm.module.css'

export type PolicyFormProps = {
  readonly draft: PolicyDraft
  readonly workflows: readonly string[]
  readonly onChange: (field: PolicyField, rule: PolicyRule) => void
  readonly onOverride: WorkflowOverridesProps['onChange']
}

/** What goes, what goes elsewhere first, and what stays. */
export function PolicyForm({ draft, workflows, onChange, onOverride }: PolicyFormProps) {
  const { problems } = readPolicy(draft)
  const ruleOf = (field: PolicyField) => (
    <PolicyRuleField
      key={field}
      texts={texts[field]}
      rule={draft[field]}
      problem={problems[field]}
      onChange={(rule) => onChange(field, rule)}
    />
  )
  return (
    <form
      className={styles.form}
      aria-label="Clean-up policy"
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset className={styles.group}>
        <legend>Runs that go</legend>
        {(['completed', 'failed', 'cancelled', 'maxRunsPerWorkflow', 'maxMegabytes'] as const).map(
          ruleOf,
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Archive first</legend>
        {ruleOf('archive')}
        {draft.archive.isOn && <div className={styles.inner}>{ruleOf('archiveDays')}</div>}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Checkpoints inside runs</legend>
        {ruleOf('thinDays')}
        {draft.thinDays.isOn && (
          <div className={styles.inner}>
            {ruleOf('thinEvery')}
            <p className={styles.note}>
              The first, the last, named ones and those before a failure always stay.
            </p>
          </div>
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>What stays</legend>
        {ruleOf('minDays')}
        <p className={styles.note}>
          Pinned, busy, locked or damaged runs stay; so do those with a live fork.
        </p>
        <WorkflowOverrides
          overrides={draft.workflows}
          workflows={workflows}
          problems={problems.workflows ?? {}}
          onChange={onOverride}
        />
      </fieldset>
    </form>
  )
}

const texts: { readonly [F in PolicyField]: PolicyRuleTexts } = {
  completed: { title: 'Completed, after', name: 'Days to keep completed runs', unit: 'days' },
  failed: { title: 'Failed, after', name: 'Days to keep failed runs', unit: 'days' },
  cancelled: { title: 'Cancelled, after', name: 'Days to keep cancelled runs', unit: 'days' },
  maxRunsPerWorkflow: {
    title: 'All but the newest',
    name: 'Newest runs kept per workflow',
    unit: 'each',
  },
  maxMegabytes: { title: 'Oldest, above', name: 'Megabytes kept in total', unit: 'MB' },
  minDays: { title: 'All of the last', name: 'Youngest age that may go', unit: 'days' },
  archive: { title: 'Into the archive, not the trash', name: 'Archive first', unit: null },
  archiveDays: { title: 'From there to the trash after', name: 'Days in all', unit: 'days' },
  thinDays: { title: 'Thin out, after', name: 'Days to keep every checkpoint', unit: 'days' },
  thinEvery: { title: 'Of the others keep every', name: 'Every so many checkpoints', unit: 'th' },
}
