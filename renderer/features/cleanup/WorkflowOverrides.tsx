import type { OverrideDraft, OverrideKind } from '../../state/policyDraft.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './PolicyForm.module.css'

export type WorkflowOverridesProps = {
  readonly overrides: readonly OverrideDraft[]
  /** Names that may be chosen. */
  readonly workflows: readonly string[]
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (workflow: string, override: OverrideDraft | null) => void
}

/** What is said of single workflows, in place of what is said of all. */
export function WorkflowOverrides(props: WorkflowOverridesProps) {
  const { overrides, workflows, problems, onChange } = props
  const left = workflows.filter((name) => overrides.every(({ workflow }) => workflow !== name))
  return (
    <>
      {overrides.map((override) => (
        <OverrideLine
          key={override.workflow}
          override={override}
          problem={problems[override.workflow]}
          onChange={(next) => onChange(override.workflow, next)}
        />
      ))}
      {left.length > 0 && (
        <Select
          compact
          label="Say otherwise for a workflow"
          value=""
          options={[
            { value: '', label: 'Otherwise for a workflow…' },
            ...left.map((name) => ({ value: name, label: name })),
          ]}
          onChange={(workflow) => {
            if (workflow !== '')
              onChange(workflow, { workflow, kind: 'all', text: '', saved: null })
          }}
        />
      )}
    </>
  )
}

type OverrideLineProps = {
  readonly override: OverrideDraft
  readonly problem: string | undefined
  readonly onChange: (override: OverrideDraft | null) => void
}

function OverrideLine({ override, problem, onChange }: OverrideLineProps) {
  const { workflow, kind, text } = override
  const choices = kinds.filter(({ value }) => value !== 'saved' || override.saved !== null)
  return (
    <div className={styles.override}>
      <span className={styles.overrideName} title={workflow}>
        {workflow}
      </span>
      <IconButton
        icon="close"
        label={`As all others: ${workflow}`}
        onClick={() => onChange(null)}
      />
      <span className={styles.overrideWhat}>
        <Select
          compact
          label={`What of ${workflow} stays`}
          value={kind}
          options={choices}
          onChange={(next) => onChange({ ...override, kind: next })}
        />
        {(kind === 'days' || kind === 'newest') && (
          <NumberInput
            aria-label={`How many of ${workflow}`}
            value={text}
            isInvalid={problem !== undefined}
            onChange={(next) => onChange({ ...override, text: next })}
          />
        )}
      </span>
      {problem !== undefined && <p className={styles.problem}>{problem}</p>}
    </div>
  )
}

const kinds: readonly { readonly value: OverrideKind; readonly label: string }[] = [
  { value: 'all', label: 'All runs stay' },
  { value: 'days', label: 'Days kept:' },
  { value: 'newest', label: 'Newest kept:' },
  { value: 'saved', label: 'As in unstuck.json' },
]
