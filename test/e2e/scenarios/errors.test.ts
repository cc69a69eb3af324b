import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { enterOn } from './hands.ts'
import { goTo } from './screens.ts'

test('[L231] an error of many runs is opened from the rail, muted and reopened by keyboard, and resolved by a fork', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const at = ['--workspace', workspace, '--trust', '--json']
  const flow = join(workspace, 'etl.json')
  // One stream: which of two lines comes last would be chance, and the error is told by it.
  const load = { run: 'exec 2>&1; echo connecting; cat fixed', sideEffects: 'none' }
  await writeFile(flow, JSON.stringify({ name: 'etl', steps: { load } }))
  await app.cli(['run', flow, ...at])
  await app.cli(['run', flow, ...at])
  const page = await app.open(workspace)
  const rail = page.getByRole('navigation', { name: 'Views' })
  const pane = page.getByRole('complementary', { name: 'Error' })

  await test.step('from the rail to what the newest says', async () => {
    await rail.getByRole('link', { name: /^load: / }).press('Enter')
    await expect(pane).toContainText('Nothing was tried yet.')
    await expect(pane).toContainText('2 failed like this, 2 left')
    await expect(pane).toContainText('connecting')
    await expect(page.getByRole('grid', { name: 'Errors' }).getByRole('row')).toHaveCount(2)
    await app.picture('1-open')
  })

  await test.step('muted with a reason, it leaves the open ones, and comes back', async () => {
    await enterOn(pane.getByRole('button', { name: 'Mute…' }))
    const dialog = page.getByRole('dialog', { name: 'Mute this error' })
    await dialog.getByRole('textbox', { name: /^Why/ }).fill('known outage')
    await dialog.getByRole('textbox', { name: /^Until so many/ }).fill('5')
    await enterOn(dialog.getByRole('button', { name: 'Mute', exact: true }))
    await expect(pane).toContainText(': known outage, until 5 more fail alike')
    await expect(rail.getByRole('link', { name: /^load: / })).toHaveCount(0)
    await expect(rail.getByRole('link', { name: 'All errors, 1 muted or resolved' })).toBeVisible()
    await enterOn(pane.getByRole('button', { name: 'Reopen' }))
    await expect(rail.getByRole('link', { name: /^load: / })).toBeVisible()
  })

  await test.step('a fork that gets past it resolves it, with the way to the others', async () => {
    await writeFile(join(workspace, 'fixed'), '')
    await app.cli(['resume', 'latest', '--fork', '--yes', ...at])
    await rm(join(workspace, 'fixed'))
    await expect(pane).toContainText(/Resolved by fork etl-/)
    await app.picture('2-resolved')
    await pane.getByRole('link', { name: 'Do the same for the other 1' }).press('Enter')
    await expect(page.getByRole('heading', { name: /^Resume/ }).first()).toBeVisible()
    expect(decodeURIComponent(new URL(page.url()).hash)).toMatch(
      /^#\/resume\?view=failed&text=error:/,
    )
  })

  await test.step('what failed like it afterwards opens it again', async () => {
    await app.cli(['run', flow, ...at])
    await goTo(page, '#/errors')
    await expect(pane).toContainText('It failed again')
    await expect(page.getByRole('row', { name: /^Open again/ })).toBeVisible()
  })
})
