import type { PreferencesStore } from '../../state/preferencesStore.ts'

/**
 * Sets `data-theme` and `data-contrast` on the document before the first paint, and again whenever the choice or the system changes.
 * [L147] High contrast is light or dark as the system is; more contrast, asked of the system, comes with any theme.
 */
export function applyTheme(window: Window, preferences: PreferencesStore): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const more = window.matchMedia('(prefers-contrast: more)')
  const apply = () => {
    const { theme } = preferences.getState()
    const system = dark.matches ? 'dark' : 'light'
    const { dataset } = window.document.documentElement
    dataset['theme'] = theme === 'light' || theme === 'dark' ? theme : system
    dataset['contrast'] = theme === 'contrast' || more.matches ? 'more' : 'normal'
  }
  apply()
  preferences.subscribe(apply)
  dark.addEventListener('change', apply)
  more.addEventListener('change', apply)
}
