import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { enterOn } from './hands.ts'
import { findRun, isOldAndDone } from './sampleRuns.ts'
import { chooseAction, goTo, runRow } from './screens.ts'

test('[L262] a run is pinned, gets a note and tags, and both are read where the run is', async ({
  app,
}) => {
  const workspace = await app.sample()
  const { id } = await findRun(app, workspace, isOldAndDone)
  const page = await app.open(workspace)
  await goTo(page, `#/run/${id}/timeline`)

  await enterOn(page.getByRole('button', { name: 'Pin: clean up leaves it alone' }))
  const pin = page.getByRole('button', { name: 'Pinned: clean up leaves it alone' })
  await expect(pin).toHaveAttribute('aria-pressed', 'true')

  await chooseAction(page, 'Annotate…')
  const dialog = page.getByRole('dialog', { name: 'Annotate the run' })
  await dialog.getByRole('textbox', { name: 'Note' }).fill('kept for the audit')
  await dialog.getByRole('textbox', { name: /^Tags/ }).fill('payments, eu')
  await dialog.getByRole('combobox', { name: 'Colour' }).selectOption('red')
  await dialog.getByRole('button', { name: 'Record it' }).click()
  await expect(page.getByText('kept for the audit').first()).toBeVisible()
  await expect(page.getByText('payments', { exact: true })).toBeVisible()
  await app.picture('1-annotated')

  await goTo(page, '#/runs/all?text=tag:payments+colour:red+noted:yes&columns=status,id!,marks!')
  await expect(runRow(page, id)).toContainText('kept for the audit')
  await goTo(page, '#/runs/all?sort=id')
  await enterOn(page.getByRole('button', { name: 'Pinned runs first' }))
  const first = page.getByRole('grid', { name: 'Runs' }).getByRole('link').first()
  await expect(first).toHaveAccessibleName(id)
  await expect(first).toHaveAttribute('title', /kept for the audit/)
  await app.picture('2-listed')
})

test('[L263] [B66] a run that is watched is told where one is by then, when it rests', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const run = 'while [ ! -e go ]; do sleep 0.1; done'
  const file = join(workspace, 'slow.json')
  await writeFile(file, JSON.stringify({ name: 'slow', steps: { a: { run } } }))
  const at = ['--workspace', workspace, '--json']
  const started = await app.cli(['run', file, '--trust', '--detach', ...at])
  const { run: id } = started.json() as { readonly run: string } // what --detach prints
  const page = await app.open(workspace)
  await goTo(page, `#/run/${id}/timeline`)
  await page.getByRole('button', { name: 'Watch', exact: true }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Watch the run')
  await expect(page.getByRole('option', { name: /^Watch the run: be told/ })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Watching' })).toBeVisible()

  await goTo(page, '#/migrate')
  await writeFile(join(workspace, 'go'), '')

  await expect(page.getByText(new RegExp(`^${id}: Completed`))).toBeVisible()
})
