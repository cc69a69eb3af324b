import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test, type App } from '../harness/app.ts'
import { listRuns } from './sampleRuns.ts'
import { chooseAction, openRun, runRow } from './screens.ts'
import { readEffects } from './workflows.ts'

const planted = 'correct-horse-battery-9'

test('a run goes to another workspace in one file: exported, looked at, imported, resumed', async ({
  app,
}) => {
  const from = await app.workspace()
  const run = await failOnce(app, from)
  const file = join(dirname(from), 'incident.unstuck')
  const page = await app.open(from)

  await test.step('what would be in it, and what is masked, is shown first', async () => {
    await openRun(page, run)
    await chooseAction(page, 'Export…')
    await expect(page.getByRole('radio', { name: /^Bundle/ })).toBeChecked()
    const preview = page.getByRole('region', { name: 'What would be in it' })
    await expect(preview).toContainText('before compression')
    await expect(preview.getByRole('grid', { name: 'What is taken out' })).toContainText('password')
    await app.picture('1-export')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the file', exact: true }).click()
    await (await downloading).saveAs(file)
    await expect(page.getByText('was handed over')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('unmasked only with a reason, encrypted only with the passphrase twice', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Export this run as a bundle')
    await expect(page.getByRole('option', { name: 'Export this run as a bundle…' })).toBeEnabled()
    await page.keyboard.press('Enter')
    await page.getByLabel('Take secrets out').uncheck()
    await expect(page.getByRole('button', { name: /with its secrets/ })).toBeDisabled()
    await page.getByLabel('Take secrets out').check()
    await page.getByLabel('Encrypt with a passphrase').check()
    await page.getByLabel('Passphrase', { exact: true }).fill('wet paper lantern')
    await page.getByLabel('Once more').fill('wet paper')
    await expect(page.getByRole('button', { name: 'Save the file', exact: true })).toBeDisabled()
    await page.keyboard.press('Escape')
  })

  await test.step('opened, it is read-only and says what it is', async () => {
    const opened = await app.open(file)
    await expect(
      opened.getByText('This is the bundle incident.unstuck (secrets masked'),
    ).toBeVisible()
    await openRun(opened, run)
    await opened.getByRole('tab', { name: 'State' }).click()
    await expect(opened.locator('body')).not.toContainText(planted)
    await app.picture('2-opened')
  })

  const to = await app.workspace('other')
  await test.step('imported, it is a run of the other workspace', async () => {
    const other = await app.open(to)
    await expect(other.getByText('No runs here yet')).toBeVisible()
    await other.keyboard.press('Control+k')
    await other.keyboard.type('Import runs from a bundle')
    // It is refused until the page knows that something may be written here.
    await expect(other.getByRole('option', { name: 'Import runs from a bundle…' })).toBeEnabled()
    await other.keyboard.press('Enter')
    await other.locator('input[type=file]').setInputFiles(file)
    await expect(other.getByText('Secrets are masked')).toBeVisible()
    await app.picture('3-import')
    await other.getByRole('button', { name: 'Import 1 run' }).click()
    await expect(other.getByText('1 run was imported and read back')).toBeVisible()
    await other.getByRole('button', { name: 'Done' }).click()
    await expect(runRow(other, run)).toContainText(/failed/i)
  })

  await test.step('and resumed there it repeats nothing that was done', async () => {
    await writeFile(join(to, 'mended'), '')
    const resumed = await app.cli(['resume', run, '--yes', '--trust', '--workspace', to])
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(await readEffects(to)).toEqual(['last'])
    const journal = await app.cli(['show', run, '--json', '--workspace', to])
    expect(journal.stdout).not.toContain(planted)
  })
})

/** A run that was given a secret, and failed in its second step, until there is a file `mended`. */
async function failOnce(app: App, workspace: string): Promise<string> {
  const file = join(workspace, 'mendable.yaml')
  const definition = {
    name: 'mendable',
    inputs: { password: { type: 'string' } },
    steps: {
      first: append('first'),
      mended: { run: 'test -e mended', sideEffects: 'none', needs: ['first'] },
      last: { ...append('last'), needs: ['mended'] },
    },
  }
  await writeFile(file, JSON.stringify(definition))
  const input = `password=${planted}`
  const ended = await app.cli(['run', file, '--workspace', workspace, '--trust', '--input', input])
  expect(ended.code, ended.stderr).toBe(8)
  const [listed] = await listRuns(app, workspace)
  return listed?.id ?? ''
}

function append(name: string) {
  return { run: `echo ${name} >> effects.txt`, sideEffects: 'external' }
}
