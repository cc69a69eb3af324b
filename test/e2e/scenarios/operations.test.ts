import { expect, test } from '../harness/app.ts'
import { findRun } from './sampleRuns.ts'
import { goTo } from './screens.ts'

test('[L260] [L261] an edit is found in the log by keyboard, read, and taken back', async ({
  app,
}) => {
  const workspace = await app.sample()
  const { id } = await findRun(
    app,
    workspace,
    (run) => run.health === 'ok' && run.status === 'failed',
  )
  const edit = ['edit', id, '--set', '/variables/tries=3', '--reason', 'asked by ada', '--apply']
  await app.cli([...edit, '--workspace', workspace])
  const page = await app.open(workspace)
  await goTo(page, '#/operations')
  const log = page.getByRole('grid', { name: 'Operations' })
  const pane = page.getByRole('complementary', { name: 'Operation' })
  await expect(pane.getByRole('heading', { name: 'Edit', exact: true })).toBeVisible()

  await test.step('narrowed down, the address says so', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('ASKED by')
    await expect(page.getByText('1 shown')).toBeVisible()
    // What is shown already fits the first word alone.
    await expect(page).toHaveURL(/#\/operations\?text=ASKED\+by$/)
    await expect(pane).toContainText('asked by ada')
    await expect(pane).toContainText('/variables/tries')
    await expect(pane.getByRole('row', { name: /^Last record/ })).toBeVisible()
    await app.picture('1-found')
  })

  await test.step('a question, and the way back', async () => {
    await pane.getByRole('button', { name: 'Take back…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Take back: Edit' })
    await dialog.getByRole('textbox').focus()
    await page.keyboard.type('it was another run')
    await dialog.getByRole('button', { name: 'Take back' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(`edit.apply of ${id} was taken back, and read back.`)).toBeVisible()
    await expect(pane).toContainText(/It was taken back already, by operation/)
    await app.picture('2-taken-back')
  })

  await test.step('of one run, both are there with what each took back', async () => {
    await goTo(page, `#/operations?run=${id}`)
    await expect(log.getByRole('row', { name: /Undo an edit/ })).toBeVisible()
    await expect(pane).toContainText('it was another run')
    await expect(log.getByRole('row', { name: /Taken back.*Edit/ })).toBeVisible()
    const shown = await app.cli(['show', id, '--workspace', workspace, '--json'])
    expect(JSON.stringify(shown.json())).not.toContain('tries')
  })
})
