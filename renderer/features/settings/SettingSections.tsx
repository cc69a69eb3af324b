import {
  settingRows,
  settingSections,
  type SettingRow,
} from '../../../shared/core/settings/settingRows.ts'
import type { SettingsState, SettingsView } from '../../state/settingsStore.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { problemsByKey } from './problemsByKey.ts'
import { SettingItem } from './SettingItem.tsx'
import styles from './SettingsPage.module.css'

export type SettingSectionsProps = {
  readonly view: SettingsView
  readonly state: SettingsState
  readonly text: string
  readonly isLocked: boolean
  readonly isTrusted: boolean
  readonly onClear: () => void
}

/** The settings that fit what is searched, by section. */
export function SettingSections(props: SettingSectionsProps) {
  const { view, state, text, isLocked, isTrusted, onClear } = props
  const rows = settingRows.filter((row) => fits(row, text))
  const problems = problemsByKey(state, view)
  const states = new Map(view.settings.map((one) => [one.key, one]))
  if (rows.length === 0)
    return (
      <EmptyState
        icon="search"
        title="No setting fits"
        actions={<Button onClick={onClear}>Show all settings</Button>}
      >
        Names, sentences and environment variables are searched.
      </EmptyState>
    )
  return settingSections.map((section) => {
    const inside = rows.filter((row) => row.section === section)
    if (inside.length === 0) return null
    return (
      <Panel key={section} title={section} count={inside.length}>
        {section === 'Resume' && !isTrusted && (
          <p className={styles.quiet}>
            This workspace is not trusted: commands are kept, and none is executed until it is.
          </p>
        )}
        <ul className={styles.items}>
          {inside.map((row) => {
            const current = states.get(row.key)
            if (current === undefined) return null
            return (
              <SettingItem
                key={row.key}
                row={row}
                current={current}
                staged={state.staged.get(row.key)}
                problem={problems.get(row.key) ?? null}
                isLocked={isLocked}
                onStage={(json) => state.stage(row.key, json)}
                onTakeBack={() => state.takeBack(row.key)}
              />
            )
          })}
        </ul>
      </Panel>
    )
  })
}

function fits({ key, section, sentence, variable = '' }: SettingRow, text: string): boolean {
  const all = `${key} ${section} ${sentence} ${variable}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
