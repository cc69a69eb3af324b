import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type App } from '../harness/app.ts'
import { listRuns } from './sampleRuns.ts'
import { chooseAction, openRun, runRow, runsGrid } from './screens.ts'

const secret = 'hunter2-and-more'

test('a run is exported by click, its secrets taken out, and the operations log has it', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const run = await runWithSecret(app, workspace)
  const job = { id: 'job-7', status: 'failed', error: 'no', password: secret }
  await writeFile(join(workspace, 'jobs.json'), JSON.stringify(job))
  const page = await app.open(workspace)
  await openRun(page, run)

  const dialog = page.getByRole('dialog', { name: 'Export the run' })
  await test.step('what would be in it is shown first, and what is taken out', async () => {
    await chooseAction(page, 'Export…')
    // [L234] By keyboard from one format to the next.
    await dialog.getByRole('radio', { name: /^Bundle/ }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('radio', { name: /^JSON / })).toBeChecked()
    await dialog.getByRole('checkbox', { name: 'With what the attempts wrote' }).check()
    await expect(dialog.getByRole('grid', { name: 'What is taken out' })).toContainText(
      '/inputs/dbPassword',
    )
    await expect(dialog.getByText('"format":"unstuck-export"')).toBeVisible()
    await expect(dialog).not.toContainText(secret)
    await app.picture('1-export')
  })

  await test.step('the file has none of it', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: /^Save the file/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`${run}.json`)
    const text = await readFile(await download.path(), 'utf8')
    expect(text).not.toContain(secret)
    const [only] = JSON.parse(text).runs
    expect(only.run.inputs.dbPassword).toBe('«redacted:1»')
    expect(only.logs[0].text).toContain('using «redacted:1»')
    await expect(dialog.getByText(/was handed over/)).toBeVisible()
  })

  await test.step('with its secrets only for a reason', async () => {
    await dialog.getByRole('radio', { name: /OpenTelemetry/ }).check()
    await dialog.getByRole('checkbox', { name: 'Take secrets out' }).uncheck()
    await expect(dialog.getByText(/stand in the file as they are/)).toBeVisible()
    await expect(dialog.getByRole('button', { name: /^Save the file/ })).toBeDisabled()
    await dialog.getByRole('textbox', { name: /Why they stay in/ }).fill('asked by the bank')
    await expect(dialog.getByRole('button', { name: /^Save the file/ })).toBeEnabled()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
  })

  await test.step('[X140] with a document of another engine among many, as the file that it is', async () => {
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await expect(runRow(page, 'job-7')).toBeVisible()
    await runsGrid(page).focus()
    await page.keyboard.press('Control+a')
    await page.getByRole('button', { name: 'Export…' }).click()
    const many = page.getByRole('dialog', { name: 'Export 2 runs' })
    await expect(many.getByRole('radio', { name: /^Bundle/ })).toBeChecked()
    await expect(many.getByRole('grid', { name: 'Runs of the bundle' })).toContainText('jobs.json')
    await expect(many).toContainText('1 document of other engines')
    await expect(many).not.toContainText(secret)
    await app.picture('2-export-many')
    await many.getByRole('radio', { name: /^JSON / }).check()
    await expect(many.getByText('"documents":[')).toBeAttached()
    await many.getByRole('button', { name: 'Close' }).last().click()
  })

  const logged = await app.cli(['operations', '--call', 'export.open', '--workspace', workspace])
  expect(logged.stdout).toContain(run)
  expect(logged.stdout).toContain('done')
})

test('the same by command line', { tag: '@command-line' }, async ({ app }) => {
  const workspace = await app.workspace()
  const run = await runWithSecret(app, workspace)
  for (const [form, more] of [
    ['json', ['--logs']],
    ['otlp', []],
  ] as const) {
    const path = join(workspace, `out.${form}`)
    const argv = ['export', run, '--as', form, ...more, '-o', path, '--workspace', workspace]
    const made = await app.cli(argv)
    expect(made.code, made.stderr).toBe(0)
    const text = await readFile(path, 'utf8')
    expect(text.length).toBeGreaterThan(100)
    expect(text).not.toContain(secret)
    expect(made.stdout).not.toContain(secret)
  }
})

/** The same secret in an input, in the state and in a log. */
async function runWithSecret(app: App, workspace: string): Promise<string> {
  const file = join(workspace, 'login.yaml')
  await writeFile(
    file,
    JSON.stringify({
      name: 'login',
      inputs: { dbPassword: secret },
      steps: {
        login: {
          run: 'echo "using $PASS for ada"',
          environment: { PASS: '${{ inputs.dbPassword }}' },
          output: { said: '${{ inputs.dbPassword }}' },
          sideEffects: 'none',
        },
      },
    }),
  )
  const ended = await app.cli(['run', file, '--workspace', workspace, '--trust'])
  expect(ended.code, ended.stderr).toBe(0)
  const [listed] = await listRuns(app, workspace)
  return listed?.id ?? ''
}
