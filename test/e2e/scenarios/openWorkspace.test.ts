import { expect, test } from '../harness/app.ts'
import { activeRow, runRow, runsGrid, theme } from './screens.ts'
import { writeShortWorkflow } from './workflows.ts'

test('an empty workspace says that it is empty and offers the sample', async ({ app }) => {
  const page = await app.open(await app.workspace())

  await expect(page).toHaveTitle(/Unstuck/)
  await expect(page.getByText('No runs here yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create the sample workspace' })).toBeVisible()
})

test('the runs of a workspace are listed, and new ones appear', async ({ app }) => {
  const workspace = await app.workspace()
  const file = await writeShortWorkflow(workspace)
  const first = await app.cli(['run', file, '--workspace', workspace, '--trust', '--json'])
  expect(first.code, first.stderr).toBe(0)

  const page = await app.open(workspace)
  await expect(runRow(page, runOf(first.json()))).toContainText(/completed/i)

  const second = await app.cli(['run', file, '--workspace', workspace, '--json'])
  await page.getByRole('button', { name: '1 new' }).click()
  await expect(runRow(page, runOf(second.json()))).toContainText(/completed/i)
})

test('the theme follows the system, and the choice of a person', async ({ app }) => {
  const page = await app.open(await app.workspace())

  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => theme(page)).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => theme(page)).toBe('light')

  await page.getByRole('button', { name: 'Theme: system' }).click()
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await expect.poll(() => theme(page)).toBe('dark')
})

test('the list works by keyboard alone', async ({ app }) => {
  const workspace = await app.workspace()
  const file = await writeShortWorkflow(workspace)
  for (let runs = 0; runs < 2; runs++) {
    await app.cli(['run', file, '--workspace', workspace, '--trust'])
  }
  const page = await app.open(workspace)
  await expect(runsGrid(page)).toBeFocused()

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden()
  await expect(runsGrid(page)).toBeFocused()

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const run = (await activeRow(page).getByRole('link').textContent()) ?? ''
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/run/${run}`))
})

function runOf(output: unknown): string {
  return (output as { ref: { document: string } }).ref.document // the answer of run.start
}
