import { access, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type App } from '../harness/app.ts'
import { encryptArchive } from '../../unit/electron/services/encryptArchive.ts'
import { findRun, isOldAndDone, listRuns } from './sampleRuns.ts'
import { chooseAction, goTo, openRun, runRow } from './screens.ts'
import { readEffects, writeMendableWorkflow } from './workflows.ts'

test('a run is archived by click, still listed and read, brought back, and resumed', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const { run, head } = await failOnce(app, workspace)
  const page = await app.open(workspace)
  await goTo(page, '#/runs/failed')
  await openRun(page, run)

  await test.step('archived after a question, it is one file', async () => {
    await chooseAction(page, 'Archive…')
    await page.getByRole('button', { name: 'Archive the run' }).click()
    await expect(page.getByRole('button', { name: 'Bring back' })).toBeVisible()
    await app.picture('1-archived')
    await expect(access(head)).rejects.toThrow()
  })

  await test.step('it is listed and read as before, and offers nothing that would write it', async () => {
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/#\/runs\/failed$/) // [L312]
    await expect(runRow(page, run)).toContainText(/failed/i)
    await expect(runRow(page, run).getByRole('link', { name: `${run} (archived)` })).toBeVisible()
    await openRun(page, run)
    const steps = page.getByRole('navigation', { name: 'Steps' })
    await expect(steps).toContainText('mended')
    await expect(page.getByRole('button', { name: 'Resume…' })).toHaveCount(0)
  })

  await test.step('brought back, its files lie where they lay', async () => {
    await page.getByRole('button', { name: 'Bring back' }).click()
    await expect(page.getByRole('button', { name: 'Resume…' })).toBeVisible()
    await access(head)
  })

  await test.step('[L268] encrypted, it is open to be read with its passphrase, locked again, and brought back', async () => {
    await encryptArchive(workspace, run, 'wet paper lantern')
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('wet paper lantern')
    await app.picture('2-encrypted')
    await page.getByRole('button', { name: 'Open to read' }).click()
    const steps = page.getByRole('navigation', { name: 'Steps' })
    await expect(steps).toContainText('mended')
    await expect(page.getByText('open to be read by everyone at this host')).toBeVisible()
    await expect(access(head)).rejects.toThrow()
    await app.picture('3-open-to-be-read')
    await page.getByRole('button', { name: 'Lock again' }).click()
    await expect(page.getByRole('textbox', { name: 'Passphrase' })).toBeFocused()
    await expect(steps).toHaveCount(0)
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('wet paper lantern')
    await page.getByRole('button', { name: 'Bring back' }).click()
    await expect(page.getByRole('button', { name: 'Resume…' })).toBeVisible()
  })

  await test.step('resumed, it repeats nothing that was done', async () => {
    await writeFile(join(workspace, 'mended'), '')
    await page.getByRole('button', { name: 'Resume…' }).click()
    await page.getByRole('button', { name: 'Resume run' }).click()
    const progress = page.getByRole('region', { name: 'Progress' })
    await expect(progress).toContainText(/completed/i, { timeout: 30_000 })
    expect(await readEffects(workspace)).toEqual(['first', 'last'])
  })
})

test('the same by command line', { tag: '@command-line' }, async ({ app }) => {
  const workspace = await app.workspace()
  const { run, head } = await failOnce(app, workspace)
  const at = ['--workspace', workspace]

  const archived = await app.cli(['archive', run, ...at])
  expect([archived.code, archived.stdout]).toEqual([0, expect.stringContaining('1 run archived')])
  await expect(access(head)).rejects.toThrow()
  expect((await app.cli(['list', ...at])).stdout).toMatch(/failed .* Archived\. /)
  const refused = await app.cli(['resume', run, '--yes', ...at])
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining(`unstuck unarchive ${run}`),
  ])

  expect((await app.cli(['unarchive', run, ...at])).code).toBe(0)
  await writeFile(join(workspace, 'mended'), '')
  const resumed = await app.cli(['resume', run, '--yes', ...at])
  expect(resumed.code, resumed.stderr).toBe(0)
  expect(await readEffects(workspace)).toEqual(['first', 'last'])
})

test(
  'of many runs, those that cannot be archived say why and what helps',
  { tag: '@command-line' },
  async ({ app }) => {
    const workspace = await app.sample()
    const done = await findRun(app, workspace, isOldAndDone)
    const killed = await findRun(app, workspace, (run) => run.workflow === 'order-fulfilment')
    const damaged = await findRun(app, workspace, (run) => run.health === 'damaged')
    const ids = [done.id, killed.id, damaged.id]
    const before = (await listRuns(app, workspace)).length

    const { code, stdout } = await app.cli(['archive', ...ids, '--workspace', workspace])

    expect(code).toBe(10)
    expect(stdout).toContain(
      'was interrupted, so it was not archived. Resume it or cancel it first.',
    )
    expect(stdout).toContain(`Repair it first: unstuck repair ${damaged.id}`)
    expect(stdout).toContain('1 done, 2 failed')
    expect(await listRuns(app, workspace)).toHaveLength(before)
  },
)

/** A run that failed in its second step, at rest; and where its head lies. */
async function failOnce(
  app: App,
  workspace: string,
): Promise<{ readonly run: string; readonly head: string }> {
  const file = await writeMendableWorkflow(workspace)
  const ended = await app.cli(['run', file, '--workspace', workspace, '--trust'])
  expect(ended.code, ended.stderr).toBe(8)
  const [listed] = await listRuns(app, workspace)
  const run = listed?.id ?? ''
  const files = await readdir(join(workspace, 'runs'), { recursive: true })
  const head = files.find((name) => name.endsWith(`${run}.json`)) ?? ''
  return { run, head: join(workspace, 'runs', head) }
}
