import type { Page } from 'playwright'
import { expect } from 'playwright/test'

/** On the state of a run: stages these inputs, written as text. */
export async function stageInputs(page: Page, json: string): Promise<void> {
  await page.getByRole('treeitem', { name: /^inputs/ }).click()
  await page.getByRole('button', { name: 'Edit as text' }).click()
  await page.getByRole('textbox', { name: 'Value of /inputs' }).press('ControlOrMeta+a')
  await page.keyboard.type(json)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText(/1 staged edit/)).toBeVisible()
}
