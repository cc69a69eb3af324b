import type { SettingsAction } from '../../shared/contract/settings.ts'
import { shellLine } from './shellLine.ts'

/** What does the same on a command line. */
export function settingsCommand(action: SettingsAction): string {
  if (action.kind !== 'set') return shellLine(['unstuck', 'settings', action.kind, '--apply'])
  const lines = action.changes.map(({ key, json }) =>
    json === null
      ? shellLine(['unstuck', 'settings', 'unset', key])
      : shellLine(['unstuck', 'settings', 'set', key, json]),
  )
  return lines.join(' && ')
}
