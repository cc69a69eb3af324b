import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { tabTo, useOnly } from './hands.ts'
import { runRow, runsGrid } from './screens.ts'

test('[L185] [L220] a folder of unknown JSON is guessed, said what is what by keyboard alone, and remembered', async ({
  app,
}) => {
  const workspace = await app.workspace()
  await writeExports(join(workspace, 'exports'))
  const page = await app.open(workspace)
  const endKeyboard = await useOnly(page, 'keyboard')
  await expect(runRow(page, 'run-01')).toContainText('Guessed: kaputt')
  await openByKey(app, page, 'run-01')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('guessed, possible')

  const dialog = page.getByRole('dialog', { name: 'Say what is what' })
  await test.step('places are picked and a word is told, and the row is seen before it is stored', async () => {
    await openForm(page, 'Say what is what…')
    await tabTo(page, dialog.getByLabel('Steps', { exact: true }))
    await page.keyboard.type('/teile/*')
    await tabTo(page, dialog.getByLabel('“kaputt” means'))
    await page.keyboard.type('failed')
    const preview = dialog.getByRole('region', { name: 'Preview' })
    await expect(preview).toContainText('20 documents like it')
    await expect(preview).toContainText('1 of 2 steps done')
    await app.picture('1-form')
    await tabTo(page, dialog.getByRole('button', { name: 'Store it for documents like this' }))
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(inspector).toContainText('said by a person')
  })

  await test.step('stored again, the word that was told before is still there', async () => {
    await tabTo(page, inspector.getByRole('button', { name: 'Say what is what' }))
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel('“kaputt” means')).toHaveValue('failed')
    await tabTo(page, dialog.getByLabel('What is chosen'))
    await page.keyboard.type('Status')
    await tabTo(page, dialog.getByRole('tree', { name: 'Document' }))
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel('Status', { exact: true })).toHaveValue('/status')
    await tabTo(page, dialog.getByRole('button', { name: 'Store it for documents like this' }))
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    expect(await readFile(join(workspace, 'unstuck.json'), 'utf8')).toContain('"kaputt"')
  })
  await endKeyboard()

  await app.close()
  const again = await app.open(workspace)
  await expect(runRow(again, 'run-01')).toContainText(/failed/i)
  await expect(runRow(again, 'run-20')).toContainText(/failed/i)
})

test('[L222] [L277] by keyboard a run is chosen in a document of many, and a document of which nothing is guessed is mapped', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const runs = ['r1', 'r2'].map((run_id) => ({ run_id, status: 'failed', workflow: 'pay' }))
  await writeFile(join(workspace, 'all.json'), JSON.stringify({ data: { items: runs } }))
  await writeFile(join(workspace, 'strange.json'), '{"lage":"kaputt"}')
  const page = await app.open(workspace)
  const endKeyboard = await useOnly(page, 'keyboard')
  await expect(runRow(page, 'all')).toContainText('2 runs in one document: 2 failed (r1, r2).')
  await openByKey(app, page, 'all')
  const chooser = page.getByRole('navigation', { name: 'Runs of the document' })
  await tabTo(page, chooser.getByRole('link', { name: 'r2' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText('Guessed: failed.')

  await tabTo(page, page.getByRole('link', { name: 'All runs' }))
  await page.keyboard.press('Enter')
  await openByKey(app, page, 'strange')
  await openForm(page, 'Map this document…')
  const dialog = page.getByRole('dialog', { name: 'Say what is what' })
  await tabTo(page, dialog.getByLabel('Status', { exact: true }))
  await page.keyboard.type('/lage')
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('kaputt')
  await tabTo(page, dialog.getByRole('button', { name: 'Store it for documents like this' }))
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(
    'said by a person',
  )
  await endKeyboard()
})

/** Filters the list to one document, and opens it before the list could follow. */
async function openByKey(app: App, page: Page, name: string): Promise<void> {
  await expect(runsGrid(page)).toBeVisible()
  await app.whileHalted(async () => {
    await page.keyboard.press('/')
    await page.keyboard.type(`${name} `)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
  })
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toBeVisible()
}

async function openForm(page: Page, label: string): Promise<void> {
  const button = page
    .getByRole('region', { name: 'Diagnosis' })
    .getByRole('button', { name: label })
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

/** Twenty documents of an engine that nobody knows. */
async function writeExports(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let number = 1; number <= 20; number += 1) {
    const name = `run-${String(number).padStart(2, '0')}`
    const teile = [
      { name: 'holen', status: 'done' },
      { name: 'laden', status: 'kaputt' },
    ]
    const state = { id: name, status: 'kaputt', started_at: '2026-03-01T08:00:00Z', teile }
    await writeFile(join(folder, `${name}.json`), JSON.stringify(state, null, 2))
  }
}
