// What a user chose about looks. Kept by the window, never sent to the host.
import { createStore, type StoreApi } from 'zustand/vanilla'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export const timeModes = ['relative', 'local', 'utc'] as const
export type TimeMode = (typeof timeModes)[number]

export type PreferencesState = {
  readonly theme: Theme
  readonly timeMode: TimeMode
  /** How the columns of a table were chosen, by its name, as the table wrote it. */
  readonly layouts: Readonly<Record<string, string>>
  readonly setTheme: (theme: Theme) => void
  readonly setTimeMode: (timeMode: TimeMode) => void
  readonly setLayout: (table: string, layout: string) => void
  /** [L143] Never kept. */
  readonly showsSecrets: boolean
  readonly setShowsSecrets: (showsSecrets: boolean) => void
}
export type PreferencesStore = StoreApi<PreferencesState>

export type Keeper = {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** Tables whose columns are kept. */
export const keptTables = ['runs'] as const

export function createPreferencesStore(keeper: Keeper): PreferencesStore {
  return createStore<PreferencesState>()((set, get) => ({
    layouts: Object.fromEntries(
      keptTables.map((table) => [table, keeper.getItem(layoutKey(table)) ?? '']),
    ),
    setLayout: (table, layout) => {
      keeper.setItem(layoutKey(table), layout)
      set({ layouts: { ...get().layouts, [table]: layout } })
    },
    theme: readOne(keeper, 'unstuck.theme', themes),
    timeMode: readOne(keeper, 'unstuck.timeMode', timeModes),
    showsSecrets: false,
    setTheme: (theme) => {
      keeper.setItem('unstuck.theme', theme)
      set({ theme })
    },
    setTimeMode: (timeMode) => {
      keeper.setItem('unstuck.timeMode', timeMode)
      set({ timeMode })
    },
    setShowsSecrets: (showsSecrets) => set({ showsSecrets }),
  }))
}

function layoutKey(table: string): string {
  return `unstuck.columns.${table}`
}

function readOne<Value extends string>(
  keeper: Keeper,
  key: string,
  values: readonly [Value, ...Value[]],
): Value {
  const kept = keeper.getItem(key)
  return values.find((value) => value === kept) ?? values[0]
}
