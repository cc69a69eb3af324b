import { useState } from 'react'
import { foreignFormatIds } from '../../../shared/core/formats/format.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { readValue } from './readValue.ts'
import styles from './SettingItem.module.css'

export type CommandsEditorProps = {
  readonly label: string
  readonly json: string
  readonly isDisabled: boolean
  readonly onChange: (json: string) => void
}

/** The command line of each engine that has one. */
export function CommandsEditor({ label, json, isDisabled, onChange }: CommandsEditorProps) {
  const commands = commandsOf(json)
  const left = foreignFormatIds.filter((id) => !commands.some(([engine]) => engine === id))
  const [chosen, setChosen] = useState<string | null>(null)
  const engine = left.find((id) => id === chosen) ?? left[0] ?? null
  const change = (next: readonly Command[]) => onChange(JSON.stringify(Object.fromEntries(next)))
  return (
    <div className={styles.list}>
      {commands.map(([name, command], index) => (
        <div key={name} className={styles.command}>
          <span>{name}</span>
          <input
            className={styles.input}
            aria-label={`${label} ${name}`}
            disabled={isDisabled}
            spellCheck={false}
            value={command}
            onChange={(event) => change(commands.with(index, [name, event.target.value]))}
          />
          <IconButton
            size="s"
            icon="close"
            label={`Remove ${name}`}
            disabled={isDisabled}
            onClick={() => change(commands.toSpliced(index, 1))}
          />
        </div>
      ))}
      {engine !== null && (
        <div className={styles.line}>
          <Select
            compact
            label="Engine"
            value={engine}
            disabled={isDisabled}
            options={left.map((id) => ({ value: id, label: id }))}
            onChange={setChosen}
          />
          <Button
            size="s"
            icon="plus"
            disabled={isDisabled}
            onClick={() => change([...commands, [engine, '']])}
          >
            Add
          </Button>
        </div>
      )}
    </div>
  )
}

type Command = readonly [engine: string, command: string]

function commandsOf(json: string): readonly Command[] {
  const value = readValue(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).map(([engine, command]) => [engine, textOf(command)])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
