import { useStore } from 'zustand'
import { themes, timeModes, type Theme, type TimeMode } from '../../state/preferencesStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PeopleButton } from './PeopleButton.tsx'
import styles from './RailFoot.module.css'

export type RailFootProps = { readonly onShowKeys: () => void }

/** What a user chooses about looks: each button shows what is chosen, and goes on to the next. */
export function RailFoot({ onShowKeys }: RailFootProps) {
  const { theme, timeMode, showsSecrets, setTheme, setTimeMode, setShowsSecrets } = useStore(
    useStores().preferences,
  )
  const workspace = useWorkspace()
  return (
    <footer className={styles.foot}>
      <IconButton
        icon={themeIcons[theme]}
        label={`Theme: ${themeWords[theme]}`}
        onClick={() => setTheme(after(themes, theme))}
      />
      <IconButton
        icon="clock"
        label={`Times: ${timeWords[timeMode]}`}
        onClick={() => setTimeMode(after(timeModes, timeMode))}
      />
      <IconButton
        icon={showsSecrets ? 'eye' : 'eyeOff'}
        label={showsSecrets ? 'Secrets: shown' : 'Secrets: hidden'}
        onClick={() => setShowsSecrets(!showsSecrets)}
      />
      <PeopleButton />
      <IconButton icon="keyboard" label="Keys" title="Keys (?)" onClick={onShowKeys} />
      <span className={styles.version}>{workspace?.application.version}</span>
    </footer>
  )
}

const themeIcons = {
  system: 'system',
  light: 'sun',
  dark: 'moon',
  contrast: 'contrast',
} as const satisfies Record<Theme, IconName>

const themeWords = {
  system: 'system',
  light: 'light',
  dark: 'dark',
  contrast: 'high contrast',
} as const satisfies Record<Theme, string>

const timeWords = {
  relative: 'relative',
  local: 'local',
  utc: 'UTC',
} as const satisfies Record<TimeMode, string>

function after<Value>(values: readonly [Value, ...Value[]], value: Value): Value {
  return values[values.indexOf(value) + 1] ?? values[0]
}
