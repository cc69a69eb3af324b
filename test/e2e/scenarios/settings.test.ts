import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { enterOn } from './hands.ts'
import { goTo } from './screens.ts'

const wrong = `{
  "checkpoint": { "interval": "often", "frequency": "manual" },
  "persistence": { "format": "json" }
}
`

test('[L264] [L265] [L266] a wrong setting is mended on screen, under an environment that overrides another', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = join(workspace, 'unstuck.json')
  await writeFile(file, wrong)
  const page = await app.open(workspace, { UNSTUCK_FORMAT: 'json+zstd' })
  const setting = (key: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: key, exact: true }) })

  await test.step('the notice leads to what is wrong, with its place', async () => {
    await expect(page.getByText('unstuck.json is not used: /checkpoint/interval')).toBeVisible()
    await page.getByRole('button', { name: 'Open the settings' }).click()
    const findings = page.getByRole('region', { name: 'What is wrong' })
    await expect(findings).toContainText('/checkpoint/interval line 2, column 31')
    await expect(findings).toContainText('at least 1. Found "often".')
    await app.picture('1-wrong')
  })

  await test.step('what is staged says at once whether it can be, and is seen as a text first', async () => {
    const interval = page.getByRole('textbox', { name: 'checkpoint.interval', exact: true })
    await interval.fill('0')
    await expect(setting('checkpoint.interval').getByRole('alert')).toContainText('Found 0.')
    await interval.fill('2')
    await expect(page.getByText('1 change is staged.')).toBeVisible()
    await enterOn(page.getByRole('button', { name: 'Preview' }))
    const lines = page.getByRole('table', { name: 'unstuck.json before and after' })
    await expect(lines).toContainText('"interval": 2')
    expect(await readFile(file, 'utf8')).toBe(wrong)
    await app.picture('2-preview')
    await enterOn(page.getByRole('button', { name: 'Apply' }))
    await expect(page.getByText('unstuck.json was written, and read back.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'What is wrong' })).toHaveCount(0)
    const got = await app.cli(['settings', 'get', 'checkpoint.interval', '--workspace', workspace])
    expect(got.stdout.trim()).toBe('2')
  })

  await test.step('what the environment says stands over the file', async () => {
    await page.getByRole('searchbox', { name: 'Search settings' }).fill('unstuck_format')
    const format = setting('persistence.format')
    await expect(format).toContainText('UNSTUCK_FORMAT')
    await expect(format.locator('s')).toHaveText('"json"')
    await expect(page.getByRole('heading', { level: 4 })).toHaveCount(1)
    await app.picture('3-override')
  })

  await test.step('the change is taken back where it was made', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('The change was taken back')).toBeVisible()
    expect(await readFile(file, 'utf8')).toBe(wrong)
  })
})

test('[L267] a setting that is changed holds for the next step of a run that goes on', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const wait = { run: 'while [ ! -e go ]; do sleep 0.02; done', sideEffects: 'none' }
  const steps = { wait, last: { run: 'true', needs: ['wait'], sideEffects: 'none' } }
  await writeFile(join(workspace, 'flow.yaml'), JSON.stringify({ name: 'flow', steps }))
  await writeFile(join(workspace, 'unstuck.json'), '{"checkpoint": {"frequency": "manual"}}')
  await app.cli(['trust', '--workspace', workspace])
  const page = await app.open(workspace)
  await goTo(page, '#/start?definition=flow.yaml')
  await page.getByRole('button', { name: 'Start the workflow' }).click()
  await expect(page.getByRole('navigation', { name: 'Steps' })).toContainText('Running')

  await goTo(page, '#/settings')
  await page.getByRole('combobox', { name: 'checkpoint.frequency' }).selectOption('every_step')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('It is in force now, also for runs that go on.')).toBeVisible()
  await writeFile(join(workspace, 'go'), '')

  await page.getByRole('link', { name: /All runs/ }).click()
  await expect(page.getByRole('grid', { name: 'Runs' })).toContainText(/completed/i)
  const shown = await app.cli(['list', '--workspace', workspace, '--json'])
  const { rows } = shown.json() as { rows: readonly { id: string }[] }
  await goTo(page, `#/run/${rows[0]?.id}/checkpoints`)
  const grid = page.getByRole('grid', { name: 'Checkpoints' })
  await expect(grid).toContainText('wait')
  await expect(grid).toContainText('last')
})
