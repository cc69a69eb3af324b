// Where things are on the screens, said once. Everything is found by role and name, as a person finds it.
import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'

export function runsGrid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Runs' })
}

/** The row of the list that shows this run. */
export function runRow(page: Page, run: string): Locator {
  return runsGrid(page).getByRole('row').filter({ hasText: run })
}

/** The row of the list that keys start from. */
export function activeRow(page: Page): Locator {
  return runsGrid(page).locator('tr[data-active]')
}

export async function openRun(page: Page, run: string): Promise<void> {
  await runRow(page, run).getByRole('link').click()
}

/** Goes to a place of the application as a link does, once the application is there. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  await page.evaluate((to) => {
    location.hash = to
  }, hash)
}

export function theme(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset['theme'])
}

/** Chooses what stands in the menu of an opened run. */
export async function chooseAction(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: label }).click()
}
