import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { goTo, openRun } from './screens.ts'
import { writeCollapsingWorkflow } from './workflows.ts'

test('[L274] a failed run says why with the end of its log in place, and is resumed by keyboard', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = await writeCollapsingWorkflow(workspace)
  const failed = await app.cli(['run', file, '--workspace', workspace, '--trust'])
  const run = /Started (\S+)/.exec(failed.stdout + failed.stderr)?.[1] ?? ''
  const shown = await app.cli(['show', run, '--workspace', workspace])
  expect(shown.stdout).toContain('  line 20\n')

  const page = await app.open(workspace)
  await openRun(page, run)
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' })
  await expect(diagnosis).toContainText('load failed all 2 times (exit code 7): no such table')
  const log = diagnosis.getByRole('region', { name: 'Last lines of the log of load' })
  await expect(log).toContainText('no such table')
  await expect(log).toContainText('line 20')
  await expect(log).not.toContainText('line 9')
  await expect(log.locator('[data-colour="red"]')).toHaveText('no such table')
  await page.keyboard.press('g')
  await expect(page.getByText('No step of this run waits for a decision.')).toBeVisible()
  await app.picture('1-why')

  const whole = diagnosis.getByRole('link', { name: 'Whole log' })
  await whole.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Logs' })).toHaveAttribute('aria-selected', 'true')
  const text = page.getByRole('region', { name: 'Log of load, attempt 2', exact: true })
  await expect(text).toContainText('no such table')

  await writeFile(join(workspace, 'table'), '')
  const resume = diagnosis.getByRole('button', { name: 'Resume from load' })
  await resume.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Resume run' })).toBeEnabled()
  await page.getByRole('button', { name: 'Resume run' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/completed/i, {
    timeout: 20_000,
  })
  await goTo(page, `#/run/${run}/timeline`)
  await expect(diagnosis).toContainText(/Completed .* ago/)
})
