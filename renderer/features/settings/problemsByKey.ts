import type { SettingsFinding } from '../../../shared/schema/settingsFinding.ts'
import { settingRows } from '../../../shared/core/settings/settingRows.ts'
import type { SettingsState, SettingsView } from '../../state/settingsStore.ts'

/** What is wrong with each setting: as it is staged, else as the file has it. */
export function problemsByKey(
  { planning, staged }: Pick<SettingsState, 'planning' | 'staged'>,
  view: SettingsView,
): ReadonlyMap<string, string> {
  const planned = staged.size > 0 && planning.kind === 'ready' ? planning.planned.plan.findings : []
  const stored = view.findings.filter(({ pointer }) => !staged.has(keyOf(pointer) ?? ''))
  return new Map(
    [...stored, ...planned].flatMap((finding) => {
      const key = keyOf(finding.pointer)
      return key === null ? [] : [[key, sentence(finding)] as const]
    }),
  )
}

function sentence({ expected, found }: SettingsFinding): string {
  return `Expected ${expected}. Found ${found}.`
}

/** The setting that a place belongs to; null: none that is known. */
export function keyOf(pointer: string | null): string | null {
  const path = (pointer ?? '').slice(1).replaceAll('/', '.')
  return settingRows.find(({ key }) => path === key || path.startsWith(`${key}.`))?.key ?? null
}
