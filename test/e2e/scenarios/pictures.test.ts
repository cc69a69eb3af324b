import { expect, test } from '../harness/app.ts'
import { keepPicture } from './keepPicture.ts'
import { findRun } from './sampleRuns.ts'
import { goTo, runRow } from './screens.ts'

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
    await keepPicture(page, 'runs')
  })

  await test.step('one run, and what would help', async () => {
    await goTo(page, `#/run/${stuck.id}/timeline`)
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' })
    await expect(diagnosis.getByRole('button', { name: /^Say what happened/ })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Steps' })).toContainText('charge-card')
    await page.screenshot({ path: test.info().outputPath('run.png') })
  })

  await test.step('its question is asked first, and takes the focus', async () => {
    await page.getByRole('button', { name: 'Say what happened to charge-card' }).click()
    const question = page.getByRole('group', { name: 'What happened to charge-card?' })
    await expect(question.getByRole('radio').first()).toBeFocused()
    await page.screenshot({ path: test.info().outputPath('resume.png') })
  })
})
