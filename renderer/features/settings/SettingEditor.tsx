import { assertNever } from '../../../shared/assert.ts'
import type { SettingRow } from '../../../shared/core/settings/settingRows.ts'
import { Select } from '../../ui/Select.tsx'
import { CommandsEditor } from './CommandsEditor.tsx'
import { NumberEditor } from './NumberEditor.tsx'
import { PatternsEditor } from './PatternsEditor.tsx'
import { readValue } from './readValue.ts'
import styles from './SettingItem.module.css'

export type SettingEditorProps = {
  readonly row: SettingRow
  /** What the file says, or would say. */
  readonly json: string
  readonly isDisabled: boolean
  readonly onChange: (json: string) => void
}

/** The control that fits what a setting takes. What it makes is JSON text, right or wrong: the plan says which. */
export function SettingEditor({ row, json, isDisabled, onChange }: SettingEditorProps) {
  const { kind, key } = row
  const common = { label: key, json, isDisabled, onChange }
  switch (kind.kind) {
    case 'switch':
      return <Choice {...common} choices={['true', 'false']} words={switchWords} />
    case 'choice':
      return <Choice {...common} choices={kind.choices.map((one) => JSON.stringify(one))} />
    case 'number':
      return <NumberEditor {...common} kind={kind} />
    case 'patterns':
      return <PatternsEditor {...common} of={kind.of} />
    case 'commands':
      return <CommandsEditor {...common} />
    case 'json':
      return (
        <textarea
          className={styles.json}
          aria-label={key}
          spellCheck={false}
          disabled={isDisabled}
          rows={Math.min(8, json.split('\n').length)}
          value={json}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    default:
      return assertNever(kind)
  }
}

const switchWords: Readonly<Record<string, string>> = { true: 'On', false: 'Off' }

type ChoiceProps = Omit<SettingEditorProps, 'row'> & {
  readonly label: string
  readonly choices: readonly string[]
  readonly words?: Readonly<Record<string, string>>
}

/** A value that is none of the choices is shown as it is, so that it can be seen and replaced. */
function Choice({ label, json, isDisabled, onChange, choices, words = {} }: ChoiceProps) {
  const all = choices.includes(json) ? choices : [json, ...choices]
  return (
    <Select
      compact
      label={label}
      value={json}
      disabled={isDisabled}
      options={all.map((value) => ({ value, label: words[value] ?? String(readValue(value)) }))}
      onChange={onChange}
    />
  )
}
