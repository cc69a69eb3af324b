import type { PreferencesStore } from '../../state/preferencesStore.ts'

/** Sets `data-theme` on the document before the first paint, and again whenever the choice or the system changes. */
export function applyTheme(window: Window, preferences: PreferencesStore): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { theme } = preferences.getState()
    const system = dark.matches ? 'dark' : 'light'
    window.document.documentElement.dataset['theme'] = theme === 'system' ? system : theme
  }
  apply()
  preferences.subscribe(apply)
  dark.addEventListener('change', apply)
}
