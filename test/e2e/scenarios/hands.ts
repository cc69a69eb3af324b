// What a person does who uses the keyboard only. A test that promises so is held to it.
import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'

/** Returns what says, at the end, that no pointer was used. */
export async function useKeyboardOnly(page: Page): Promise<() => Promise<void>> {
  const other = ['pointerdown', 'wheel', 'contextmenu']
  await page.evaluate((events) => {
    for (const event of events)
      addEventListener(
        event,
        () => document.documentElement.setAttribute('data-other-device', event),
        { capture: true },
      )
  }, other)
  return () => expect(page.locator('html')).not.toHaveAttribute('data-other-device')
}

/** Presses Tab until the control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  const isThere = () => control.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 60 && !(await isThere()); presses += 1)
    await page.keyboard.press('Tab')
  await expect(control).toBeFocused()
}
