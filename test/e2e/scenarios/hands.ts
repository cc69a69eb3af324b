// What a person does who uses one device only. A test that promises so is held to it.
import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'

type Device = 'keyboard' | 'mouse'

/** Returns what says, at the end, that the other device was not touched. */
export async function useOnly(page: Page, device: Device): Promise<() => Promise<void>> {
  const other = device === 'mouse' ? ['keydown', 'keyup'] : ['pointerdown', 'wheel', 'contextmenu']
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

/** Presses Enter on a button once it can be pressed: unlike a click, a key does not wait for that by itself. */
export async function enterOn(button: Locator): Promise<void> {
  await expect(button).toBeEnabled()
  await button.press('Enter')
}

/** Clicks a field, and lets what a person has copied, says or taps on a screen appear in it: no key is pressed. */
export async function fillByMouse(page: Page, field: Locator, text: string): Promise<void> {
  await field.click({ clickCount: 3 })
  await page.keyboard.insertText(text)
}
