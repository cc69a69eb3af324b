import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Encrypter } from 'age-encryption'
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
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await page.getByLabel('Once more').fill('wet paper')
    await expect(page.getByRole('button', { name: 'Save the file', exact: true })).toBeDisabled()
    await page.keyboard.press('Escape')
  })

  await test.step('opened, it asks for its passphrase, is read-only and says what it is', async () => {
    const sealed = await sealedFrom(file)
    const opened = await app.open(sealed)
    await expect(opened.getByRole('heading', { name: 'sealed.unstuck' })).toBeVisible()
    await opened.getByLabel('Passphrase').fill('dry paper')
    await opened.getByRole('button', { name: 'Open' }).click()
    await expect(opened.getByText('does not open with this passphrase')).toBeVisible()
    await expect(opened.locator('body')).not.toContainText(run)
    await app.picture('2-locked')
    await opened.getByLabel('Passphrase').fill(passphrase)
    await opened.getByRole('button', { name: 'Open' }).click()
    await expect(
      opened.getByText('This is the bundle sealed.unstuck (secrets masked'),
    ).toBeVisible()
    await openRun(opened, run)
    await opened.getByRole('tab', { name: 'State' }).click()
    await expect(opened.locator('body')).not.toContainText(planted)
    await app.picture('2-opened')
    await opened.getByRole('button', { name: 'Import, or fork…' }).click()
    const dialog = opened.getByRole('dialog')
    if (app.target === 'browser') {
      await expect(dialog).toContainText('unstuck import sealed.unstuck --apply --workspace FOLDER')
      return
    }
    await dialog.getByRole('button', { name: basename(from) }).click()
    await expect(dialog.getByText('Its id is taken here')).toBeVisible()
    await app.picture('2-into')
    await dialog.getByRole('button', { name: 'Import 1 run' }).click()
    await dialog.getByRole('button', { name: 'Fork or resume it there' }).click()
    // The window shows the other workspace, where the run can be gone on with.
    await expect(opened.getByRole('heading', { name: /^Resume/ })).toContainText(run)
  })

  const to = await app.workspace('other')
  await test.step('imported, it is a run of the other workspace', async () => {
    const other = await app.open(to)
    await expect(other.getByText('No runs here yet')).toBeVisible()
    await test.step('[B65] held over the window, it is told what would become of it', async () => {
      const dataTransfer = await other.evaluateHandle(() => {
        const held = new DataTransfer()
        held.items.add(new File(['x'], 'x.unstuck'))
        return held
      })
      const target = other.getByRole('status', { name: 'Drop files' })
      await expect(async () => {
        await other.dispatchEvent('main', 'dragover', { dataTransfer })
        await expect(target).toContainText(
          app.target === 'browser' ? 'Drop a bundle here' : 'Drop it to open it in this window',
          { timeout: 500 },
        )
      }).toPass()
      await other.dispatchEvent('main', 'dragover', { dataTransfer })
      await app.picture('3-held')
      await other.dispatchEvent('main', 'dragleave', { dataTransfer })
      await expect(target).toBeHidden()
    })
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

const passphrase = 'wet paper lantern'

/** The same bundle, encrypted so that a guess takes no time. */
async function sealedFrom(file: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(4)
  encrypter.setPassphrase(passphrase)
  const sealed = join(dirname(file), 'sealed.unstuck')
  await writeFile(sealed, await encrypter.encrypt(await readFile(file)))
  return sealed
}

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
