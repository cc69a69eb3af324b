import { settingRows } from '../../../shared/core/settings/settingRows.ts'
import type { SettingsView, StagedSettings } from '../../state/settingsStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { keyOf } from './problemsByKey.ts'
import styles from './SettingsPage.module.css'

export type SettingsFindingsProps = {
  readonly view: SettingsView
  readonly staged: StagedSettings
  readonly isLocked: boolean
  readonly onTakeOut: (pointer: string) => void
  readonly onShow: (key: string) => void
}

/** Everything that is wrong, where it stands, and what mends it. */
export function SettingsFindings(props: SettingsFindingsProps) {
  const { view, staged, isLocked, onTakeOut, onShow } = props
  const mask = useMask()
  const { findings } = view
  if (findings.length === 0) return null
  return (
    <Panel title="What is wrong" count={findings.length}>
      <ul className={styles.findings}>
        {findings.map(({ source, pointer, line, column, expected, found }) => {
          const key = pointer === null ? keyOfVariable(source) : keyOf(pointer)
          const isMended =
            pointer !== null && (staged.has(pointer) || (key !== null && staged.has(key)))
          return (
            <li key={`${source}${pointer}${column}`} className={styles.finding}>
              <span className={styles.place}>
                <code>
                  {pointer === null ? source : pointer === '' ? 'the whole file' : pointer}
                </code>
                {line !== null && ` line ${line}, column ${column}`}
              </span>
              <span>
                Expected {expected}. Found <code>{mask.text(found)}</code>.
              </span>
              <span className={styles.findingActions}>
                {isMended ? (
                  <em>staged</em>
                ) : (
                  <>
                    {key !== null && (
                      <Button size="s" onClick={() => onShow(key)}>
                        Show the setting
                      </Button>
                    )}
                    {pointer !== null && pointer !== '' && (
                      <Button size="s" disabled={isLocked} onClick={() => onTakeOut(pointer)}>
                        Take it out
                      </Button>
                    )}
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function keyOfVariable(name: string): string | null {
  return settingRows.find(({ variable }) => variable === name)?.key ?? null
}
