import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from '../harness/app.ts'
import { chooseAction, openRun, runRow } from './screens.ts'
import { writeBrokenWorkflow, writeReleaseWorkflow } from './workflows.ts'

test('a workflow is started from its form, retried, kept at a checkpoint and approved', async ({
  app,
}) => {
  const workspace = await app.workspace()
  await writeReleaseWorkflow(workspace)
  await writeBrokenWorkflow(workspace)
  const page = await app.open(workspace)

  await test.step('the empty screen leads to the workflows of the folder', async () => {
    await page.getByRole('main').getByRole('button', { name: 'Start a workflow…' }).last().click()
    const list = page.getByRole('navigation', { name: 'Workflows' })
    await expect(list.getByRole('link', { name: /broken\.yaml/ })).toContainText('1 problem')
    await list.getByRole('link', { name: /broken\.yaml/ }).click()
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText(
      /line 4, column \d+.*steps\.a\.nedds.*Did you mean needs/,
    )
    await expect(page.getByRole('button', { name: 'Start the workflow' })).toHaveCount(0)
    await list.getByRole('link', { name: /release/ }).click()
  })

  await test.step('a folder that is not trusted executes nothing', async () => {
    const start = page.getByRole('button', { name: 'Start the workflow' })
    await expect(start).toBeDisabled()
    await page.getByRole('form').getByRole('button', { name: 'Trust this workspace…' }).click()
    await page.getByRole('button', { name: 'Trust and allow commands' }).click()
    await expect(start).toBeEnabled()
  })

  await test.step('what is wrong stands beside its field, and nothing is started', async () => {
    const steps = page.getByRole('table', { name: 'Steps that it will run' })
    await expect(steps.getByRole('row')).toHaveText([/Step/, /flaky/, /each/, /approve/, /ship/])
    await page.getByLabel('Settings').fill('{\n  "a": x\n}')
    await page.getByRole('button', { name: 'Start the workflow' }).click()
    await expect(page.getByLabel('Service')).toBeFocused()
    await expect(page.getByRole('alert')).toHaveText([
      'Missing: expected a text.',
      'Line 2, column 8: Expected a value, found x.',
    ])
    await app.picture('1-errors')
  })

  await test.step('the run opens and is followed', async () => {
    await page.getByLabel('Settings').fill('{"a": 1}')
    await page.getByLabel('Service').fill('billing')
    await page.getByLabel('Copies').fill('4')
    await page.getByLabel('Copies').press('Control+Enter')
    const steps = page.getByRole('navigation', { name: 'Steps' })
    await expect(steps.getByRole('button', { name: /^each/ })).toContainText('2 of 2 done')
    await expect(steps.getByRole('button', { name: /^flaky/ })).toContainText('attempt 2 of 3 in')
    await steps.getByRole('button', { name: '2 items of each' }).click()
    await expect(steps.getByRole('button', { name: /^each\[1\]/ })).toContainText('"south"')
    await app.picture('2-run')
  })

  await test.step('a checkpoint is made by name, and read back', async () => {
    await chooseAction(page, 'Make a checkpoint…')
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
    await page.keyboard.type('before the release')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/Checkpoint “before the release” is made/)).toBeVisible()
  })

  await test.step('an attempt that is waited for is made now', async () => {
    await writeFile(join(workspace, 'ready'), '')
    await page.getByRole('button', { name: 'Retry flaky now' }).click()
    const steps = page.getByRole('navigation', { name: 'Steps' })
    await expect(steps.getByRole('button', { name: /^flaky/ })).toContainText('Succeeded')
  })

  await test.step('from the list it is two keys to the decision', async () => {
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await expect(runRow(page, 'release-')).toContainText(/approve has waited/)
    await runRow(page, 'release-').click()
    await page.keyboard.press('Enter')
    await expect(decision(page)).toContainText('Release billing 4 times?')
    await page.keyboard.press('g')
    await expect(decision(page).getByLabel('Percent')).toBeFocused()
  })

  await test.step('wrong values are refused beside their field, right ones go on', async () => {
    await page.keyboard.type('250')
    await page.keyboard.press('Control+Enter')
    await expect(decision(page).getByRole('alert')).toHaveText([
      'Expected a whole number from 1 to 100, found 250.',
    ])
    await app.picture('3-gate')
    await decision(page).getByLabel('Percent').fill('25')
    await decision(page)
      .getByLabel(/Reason/)
      .fill('tests are green')
    await page.keyboard.press('Enter')
    await expect(page.getByText('approve is approved: it was read back')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Dismiss' })).toBeFocused()
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(/Completed/)
    await expect(decision(page)).toHaveCount(0)
  })

  await test.step('on the timeline the items stand below their step', async () => {
    await page.getByRole('tab', { name: 'Timeline' }).click()
    const lines = page
      .getByRole('region', { name: 'Timeline' })
      .getByRole('option', { name: /each|approve/ })
    await expect(lines).toHaveText([/^each/, /^each\[0\]/, /^each\[1\]/, /^approve/])
    await app.picture('4-timeline')
  })

  await test.step('what was filled in reached the step behind the gate', async () => {
    await page.getByRole('tab', { name: 'Logs' }).click()
    const steps = page.getByRole('navigation', { name: 'Steps' })
    await steps.getByRole('button', { name: /^ship/ }).click()
    await expect(page.getByText('shipped 25 percent of billing').first()).toBeVisible()
  })
})

test('a decision at a gate whose host is gone is recorded, and the run is resumed from there', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = await writeReleaseWorkflow(workspace)
  await writeFile(join(workspace, 'ready'), '')
  const at = ['--workspace', workspace, '--trust']
  const carrier = app.startCli(['run', file, '--input', 'service=billing', ...at])
  const run = await carrier.until(/Started (\S+)/)
  await carrier.until(/approve/)
  carrier.child.kill('SIGKILL')
  await carrier.ended

  const page = await app.open(workspace)
  await openRun(page, run)
  await expect(decision(page)).toContainText('Nobody carries the run')
  await decision(page).getByLabel('Percent').fill('5')
  await decision(page).getByRole('button', { name: 'Approve' }).click()
  const banner = page.getByText('Nobody carries the run: resume it, and it goes on from here.')
  await expect(banner).toBeVisible()
  await page.locator('output').getByRole('button', { name: 'Resume…' }).click()
  await page.getByRole('button', { name: 'Resume run' }).click()
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/completed/i, {
    timeout: 20_000,
  })
})

test('one step is tried alone, and the run does not know of it', async ({ app }) => {
  const workspace = await app.workspace()
  const file = await writeReleaseWorkflow(workspace)
  await writeFile(join(workspace, 'ready'), '')
  const at = ['--workspace', workspace, '--trust']
  const carrier = app.startCli(['run', file, '--input', 'service=billing', ...at])
  const run = await carrier.until(/Started (\S+)/)
  await carrier.until(/approve/)

  const page = await app.open(workspace)
  await openRun(page, run)
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /^flaky/ })
    .click()
  const inspector = page.getByRole('button', { name: 'Inspector' })
  if ((await inspector.getAttribute('aria-pressed')) === 'false') await inspector.click()
  await page.getByRole('button', { name: 'Try it alone…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Try flaky alone' })
  await expect(dialog).toContainText('declared to change nothing outside')
  await dialog.getByRole('button', { name: 'Try it', exact: true }).click()
  const result = dialog.getByRole('region', { name: 'What came of it' })
  await expect(result).toContainText('Succeeded')
  await expect(result).toContainText('it is ready')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('list', { name: 'Attempts' }).getByRole('listitem')).toHaveCount(1)
})

function decision(page: Page) {
  return page.getByRole('region', { name: 'Decision about approve' })
}
