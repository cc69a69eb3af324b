import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { expectAccessible } from '../harness/axe.ts'
import { runsGrid } from './screens.ts'

test('[L164] an empty list says why: nothing yet, nothing that fits, or that it could not be read', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const page = await app.open(workspace)

  await test.step('nothing yet, and how to begin', async () => {
    await expect(page.getByRole('heading', { name: 'No runs here yet' })).toBeVisible()
    await expectAccessible(page, 'nothing yet')
    await app.picture('1-nothing-yet')
    await page.getByRole('button', { name: 'Create the sample workspace' }).click()
    await expect(runsGrid(page)).toBeVisible({ timeout: 60_000 })
    await expect(runsGrid(page).getByRole('link').first()).toBeVisible()
    // What is made while the list is looked at waits behind "n new": the next question shows it.
    await expect(page.getByRole('link', { name: 'All runs 16' })).toBeVisible({ timeout: 60_000 })
  })

  await test.step('nothing fits: the filter is named, and taken away', async () => {
    await page.getByRole('combobox', { name: 'Search runs' }).fill('no such run')
    await expect(page.getByRole('heading', { name: 'Nothing fits these filters' })).toBeVisible()
    await expect(page.getByText('“no such run” in All runs')).toBeVisible()
    await expectAccessible(page, 'nothing fits')
    await app.picture('2-nothing-fits')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(runsGrid(page).getByRole('link').first()).toBeVisible()
  })

  await test.step('a run is peeked at: its last error, its steps and what helps', async () => {
    const failed = runsGrid(page).getByRole('row').filter({ hasText: 'load failed' }).first()
    await failed.getByRole('gridcell').nth(1).click()
    await page.keyboard.press(' ')
    const peek = page.getByRole('complementary', { name: 'Peek' })
    await expect(peek.getByRole('heading', { name: /^Last error/ })).toBeVisible()
    await expect(peek.getByRole('link', { name: 'End of its log' })).toBeVisible()
    await expect(peek.getByRole('button', { name: 'Resume…' })).toBeVisible()
    await expectAccessible(page, 'the peek panel')
    await app.picture('3-peek')
    await page.keyboard.press('Escape')
    await expect(peek).toBeHidden()
  })

  await test.step('what cannot be read is said with its cause, and tried again', async () => {
    await rename(workspace, `${workspace}-away`)
    await page.getByRole('combobox', { name: 'Search runs' }).fill('e')
    const retry = page.getByRole('button', { name: 'Try again' }).first()
    await expect(retry).toBeVisible()
    await app.picture('4-may-be-old')
    await page.reload()
    const problem = page.getByRole('alert').filter({ hasText: 'The runs could not be read.' })
    await expect(problem).toContainText(workspace)
    await app.picture('5-could-not-load')
    await revealed(app, page, dirname(workspace))
    await rename(`${workspace}-away`, workspace)
    // The folder is watched: the list may be there before anybody presses.
    await expect(async () => {
      if (await retry.isVisible()) await retry.click({ timeout: 2000 })
      await expect(runsGrid(page).getByRole('link').first()).toBeVisible({ timeout: 5000 })
    }).toPass()
    await expect(retry).toBeHidden()
  })
})

/** The desktop application shows what is left of the path; a browser copies it. */
async function revealed(app: App, page: Page, folder: string): Promise<void> {
  const problem = page.getByRole('alert')
  if (app.target === 'browser') {
    await expect(problem.getByRole('button', { name: 'Copy path' })).toBeVisible()
    return
  }
  await problem.getByRole('button', { name: 'Show in file manager' }).click()
  const shown = async () => (await app.desktop().records?.())?.filter(isShown)
  if (app.desktop().records !== undefined)
    await expect.poll(shown).toEqual([{ what: 'shell.showItemInFolder', path: folder }])
}

function isShown({ what }: { readonly what: string }): boolean {
  return what === 'shell.showItemInFolder'
}
