import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'

/**
 * Every rule that axe knows, on the page as it is now, in every theme. What it finds is told with where and why.
 * The same pages in the same engine are looked at once: in the browser.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  if (test.info().project.name !== 'browser') return
  expect(await accessibilityProblems(page, what)).toEqual([])
}

/** One line for each thing that axe finds: where, in which theme, and why. */
export async function accessibilityProblems(page: Page, what: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const { name, scheme, contrast } of themes) {
    await page.emulateMedia({ colorScheme: scheme, contrast, reducedMotion: 'reduce' })
    const shown = `html[data-theme="${scheme}"][data-contrast="${dataOf[contrast]}"]`
    await expect(page.locator(shown)).toBeAttached()
    // Themes differ in nothing but colours.
    const violations = name === 'light' ? await lookAtAll(page) : await lookAtColours(page)
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        problems.push(`${what}, ${name}: ${id}: ${target.join(' ')}: ${failureSummary}`)
  }
  await page.emulateMedia({ colorScheme: 'light', contrast: null, reducedMotion: null })
  return problems
}

async function lookAtAll(page: Page): Promise<readonly Violation[]> {
  // Legacy: in the page itself, because the page of Electron opens no other.
  const axe = new AxeBuilder({ page, ...(await sourceFor(page)) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
  return (await axe.analyze()).violations
}

/** By the axe that is in the page already. */
async function lookAtColours(page: Page): Promise<readonly Violation[]> {
  const { violations } = await page.evaluate(async (values) => {
    const { axe } = window as unknown as { readonly axe: Axe } // it was given to the page before
    return axe.run(document, { runOnly: values, resultTypes: ['violations'] })
  }, rulesOfColours)
  return violations
}

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number]

type Axe = {
  run(
    page: Document,
    options: { readonly runOnly: readonly string[]; readonly resultTypes: readonly string[] },
  ): Promise<{ readonly violations: readonly Violation[] }>
}

/** Its 600 kB are given to a page once. */
async function sourceFor(page: Page): Promise<{ readonly axeSource?: string }> {
  const isThere = await page.evaluate(() => 'axe' in window)
  return isThere ? { axeSource: 'void 0' } : {}
}

const rulesOfColours = ['color-contrast', 'link-in-text-block'] as const

const themes = [
  { name: 'light', scheme: 'light', contrast: 'no-preference' },
  { name: 'dark', scheme: 'dark', contrast: 'no-preference' },
  { name: 'high contrast', scheme: 'light', contrast: 'more' },
  { name: 'dark high contrast', scheme: 'dark', contrast: 'more' },
] as const

const dataOf = { 'no-preference': 'normal', more: 'more' } as const
