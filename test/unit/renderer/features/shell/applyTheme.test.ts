import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyTheme } from '../../../../../renderer/features/shell/applyTheme.ts'
import { createPreferencesStore } from '../../../../../renderer/state/preferencesStore.ts'

test('[L147] high contrast is as dark as the system, and a system that asks for contrast gets it', () => {
  const { kept, keeper } = drawer()
  const preferences = createPreferencesStore(keeper)
  const { window, shown, system } = page()
  applyTheme(window, preferences)
  expect(shown()).toEqual(['light', 'normal'])

  preferences.getState().setTheme('contrast')
  expect([shown(), kept.get('unstuck.theme')]).toEqual([['light', 'more'], 'contrast'])
  system('(prefers-color-scheme: dark)', true)
  expect(shown()).toEqual(['dark', 'more'])

  preferences.getState().setTheme('light')
  expect(shown()).toEqual(['light', 'normal'])
  system('(prefers-contrast: more)', true)
  expect(shown()).toEqual(['light', 'more'])
})

test('[L143] secrets are hidden again in a window that is opened anew', () => {
  const { kept, keeper } = drawer()
  const before = createPreferencesStore(keeper)
  before.getState().setShowsSecrets(true)
  expect(before.getState().showsSecrets).toBe(true)
  expect([createPreferencesStore(keeper).getState().showsSecrets, kept.size]).toEqual([false, 0])
})

test.each([
  ['light', 'normal', 4.5],
  ['dark', 'normal', 4.5],
  ['light', 'more', 7],
  ['dark', 'more', 7],
] as const)(
  '[L147] words and tones in %s, contrast %s, are at least %d : 1',
  (theme, contrast, least) => {
    const tokens = tokensOf(theme, contrast)
    const weak = [...tokens]
      .filter(([name]) => /^--(?:color-text|color-text-2|color-text-3|tone-\w+)$/.test(name))
      .flatMap(([name, colour]) =>
        ['--color-canvas', '--color-rail', '--color-raised']
          .map((on) => ({ name, on, ratio: ratioOf(colour, tokens.get(on) ?? '') }))
          .filter(({ ratio }) => ratio < least),
      )
    expect(weak).toEqual([])
  },
)

function drawer() {
  const kept = new Map<string, string>()
  const keeper = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  return { kept, keeper }
}

/** As much of a window as themes need. */
function page() {
  const dataset: Record<string, string> = {}
  const queries = new Map<string, { matches: boolean; listeners: (() => void)[] }>()
  const queryOf = (text: string) => {
    const known = queries.get(text) ?? { matches: false, listeners: [] }
    queries.set(text, known)
    return known
  }
  const window = {
    document: { documentElement: { dataset } },
    matchMedia: (text: string) => ({
      get matches() {
        return queryOf(text).matches
      },
      addEventListener: (_: string, listener: () => void) => queryOf(text).listeners.push(listener),
    }),
  } as unknown as Window // only these of it are used
  return {
    window,
    shown: () => [dataset['theme'], dataset['contrast']],
    system: (text: string, matches: boolean) => {
      queryOf(text).matches = matches
      for (const listener of queryOf(text).listeners) listener()
    },
  }
}

/** The tokens that hold with these attributes, as the cascade leaves them. */
function tokensOf(theme: string, contrast: string): ReadonlyMap<string, string> {
  const css = readFileSync(join(import.meta.dirname, tokensFile), 'utf8')
  const rules = [...css.matchAll(/^ {2}:root(\S*) \{([^}]*)\}/gm)]
  const holds = (selector: string) =>
    [...selector.matchAll(/\[data-(\w+)='(\w+)'\]/g)].every(([, name, value]) =>
      name === 'theme' ? value === theme : value === contrast,
    )
  return new Map(
    rules
      .filter(([, selector = '']) => holds(selector))
      .flatMap(([, , body = '']) => [...body.matchAll(/(--[\w-]+): (#\w{6});/g)])
      .map(([, name = '', colour = '']) => [name, colour]),
  )
}

const tokensFile = '../../../../../renderer/styles/tokens.css'

/** Contrast as WCAG 2 defines it. */
function ratioOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
