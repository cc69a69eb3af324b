import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../../harness/app.ts'
import { runRow } from '../screens.ts'
import { writeShortWorkflow } from '../workflows.ts'

test('the menu opens another folder in place', async ({ app }) => {
  const empty = await app.workspace('empty')
  const filled = await app.workspace('filled')
  const file = await writeShortWorkflow(filled)
  const ran = await app.cli(['run', file, '--workspace', filled, '--trust', '--json'])
  const page = await app.open(empty)
  await expect(page.getByText('No runs here yet')).toBeVisible()

  await app.desktop().answerNext({ paths: [filled] })
  await app.desktop().chooseFromMenu('File', 'Open folder…')

  const { ref } = ran.json() as { ref: { document: string } } // the answer of run.start
  await expect(runRow(page, ref.document)).toBeVisible()
})

test('a second start hands its folder to the first', async ({ app }) => {
  const page = await app.open(await app.workspace('one'))
  await expect(page.getByText('No runs here yet')).toBeVisible()
  const two = await app.workspace('two')

  await app.desktop().startSecondInstance(two)

  await expect(page.locator('body')).toContainText('two')
})

test('the workspace of the last time opens again, and the sample when it is gone', async ({
  app,
}) => {
  const workspace = await app.workspace('kept')
  await app.open(workspace)
  await app.close()

  const again = await app.open(null)
  await expect(again.locator('body')).toContainText('kept')
  await app.close()
  await rm(workspace, { recursive: true })

  const sample = await app.open(null)
  await expect(sample.locator('body')).toContainText('Sample workspace')
})

test('[L193] the rail names workspaces that were open lately, and opens one in place', async ({
  app,
}) => {
  const [one, two] = [await app.workspace('one'), await app.workspace('two')]
  const page = await app.open(one)
  await expect(page.getByText('No runs here yet')).toBeVisible()
  await app.desktop().startSecondInstance(two)
  await expect(page).toHaveTitle(/ two – Unstuck$/)
  const rail = page.getByRole('navigation', { name: 'Views' })

  await rail.getByTitle(one, { exact: true }).press('Enter')

  await expect(page).toHaveTitle(/ one – Unstuck$/)
  await expect(rail.getByTitle(two, { exact: true })).toContainText('0')
})

test('a file of remembered places that is damaged is as good as none', async ({ app }) => {
  await mkdir(app.userData, { recursive: true })
  const file = join(app.userData, 'application.json')
  await writeFile(file, '{"bounds":')
  const workspace = await app.workspace()

  await app.open(workspace)

  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ recent: [workspace] })
})

test('[L140] a link opens its view in the workspace that is open', async ({ app }) => {
  const workspace = await app.workspace('linked')
  const file = await writeShortWorkflow(workspace)
  const ran = await app.cli(['run', file, '--workspace', workspace, '--trust', '--json'])
  const { ref } = ran.json() as { ref: { document: string } } // the answer of run.start
  const page = await app.open(workspace)
  await expect(runRow(page, ref.document)).toBeVisible()

  await app.desktop().startSecondInstance(`unstuck://run/${ref.document}/history`)

  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true')
  await expect(page).toHaveTitle(`${ref.document} – linked – Unstuck`)

  await test.step('[L314] the menu goes back to where one was, and forward again', async () => {
    await app.desktop().chooseFromMenu('View', 'Back')
    await expect(runRow(page, ref.document)).toBeVisible()
    await app.desktop().chooseFromMenu('View', 'Forward')
    await expect(page).toHaveTitle(`${ref.document} – linked – Unstuck`)
  })
})

test('a folder that is dropped onto the window is opened, and the page stays', async ({ app }) => {
  const page = await app.open(await app.workspace('first'))
  await expect(page.getByText('No runs here yet')).toBeVisible()
  const dropped = await app.workspace('dropped')

  expect(await app.desktop().drop(dropped)).toEqual({ isPrevented: true })

  await expect(page).toHaveTitle('All runs – dropped – Unstuck')
})
