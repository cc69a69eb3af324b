import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { runRow } from './screens.ts'

test('[L185] a folder of unknown JSON is guessed, said what is what by hand, and remembered', async ({
  app,
}) => {
  const workspace = await app.workspace()
  await writeExports(join(workspace, 'exports'))
  const page = await app.open(workspace)

  await expect(runRow(page, 'run-01')).toContainText('Guessed: kaputt')
  await runRow(page, 'run-01').getByRole('link').first().click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('guessed, possible')

  await inspector.getByRole('button', { name: 'Say what is what' }).click()
  const dialog = page.getByRole('dialog', { name: 'Say what is what' })
  await dialog.getByLabel('Steps', { exact: true }).focus()
  await dialog.getByRole('treeitem', { name: /teile/ }).click()
  await dialog.getByRole('button', { name: 'Use it for Steps' }).click()
  await expect(dialog.getByLabel('Steps', { exact: true })).toHaveValue('/teile/*')
  await dialog.getByLabel('“kaputt” means').selectOption('failed')
  await expect(dialog.getByLabel('Preview')).toContainText('20 documents like it')
  await dialog.getByRole('button', { name: 'Store it for documents like this' }).click()
  await expect(dialog).toBeHidden()
  await expect(inspector).toContainText('said by a person')
  expect(await readFile(join(workspace, 'unstuck.json'), 'utf8')).toContain('"kaputt"')

  await app.close()
  const again = await app.open(workspace)
  await expect(runRow(again, 'run-01')).toContainText(/failed/i)
  await expect(runRow(again, 'run-20')).toContainText(/failed/i)
})

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
