import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from '../harness/app.ts'
import { root } from '../harness/machine.ts'
import { findRun } from './sampleRuns.ts'
import { goTo, runRow } from './screens.ts'

// What the documents show is what the application looks like: UNSTUCK_PICTURES=1 writes the pictures there.
const isForDocuments = process.env['UNSTUCK_PICTURES'] === '1'

test('the pictures of the documents', async ({ app }) => {
  const workspace = await app.workspace('Sample workspace')
  await app.cli(['sample', workspace])
  await app.cli(['trust', '--workspace', workspace])
  const stuck = await findRun(app, workspace, (run) => run.workflow === 'order-fulfilment')
  const page = await app.open(workspace)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })

  await test.step('the runs, and why they do not move', async () => {
    await expect(runRow(page, stuck.id)).toContainText('charge-card')
    await page.getByRole('heading', { name: 'All runs' }).click()
    await keep(page, 'runs')
  })

  await test.step('one run, and what would help', async () => {
    await goTo(page, `#/run/${stuck.id}/timeline`)
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' })
    await expect(diagnosis.getByRole('button', { name: /^Say what happened/ })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Steps' })).toContainText('charge-card')
    await keep(page, 'run')
  })

  await test.step('its question is asked first, and takes the focus', async () => {
    await page.getByRole('button', { name: 'Say what happened to charge-card' }).click()
    const question = page.getByRole('group', { name: 'What happened to charge-card?' })
    await expect(question.getByRole('radio').first()).toBeFocused()
    await keep(page, 'resume')
  })
})

async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) })
  if (!isForDocuments || name === 'resume') return
  const folder = join(root, 'docs/pictures')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
