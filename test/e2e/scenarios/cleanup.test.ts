import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { enterOn } from './hands.ts'
import { findRun, isOldAndDone, listRuns } from './sampleRuns.ts'
import { goTo, runRow } from './screens.ts'

test('an old finished run is moved to the trash by click, and restored', async ({ app }) => {
  const workspace = await app.sample()
  const { id } = await findRun(app, workspace, isOldAndDone)
  const before = (await listRuns(app, workspace)).length
  const page = await app.open(workspace)
  await page.getByRole('link', { name: 'Clean up' }).click()

  await test.step('the preview names the victim, and moves nothing', async () => {
    const victims = page.getByRole('grid', { name: 'Runs that would go' })
    await expect(victims).toContainText(id)
    await app.picture('1-preview')
    expect(await listRuns(app, workspace)).toHaveLength(before)
  })

  await test.step('moved, it is in the trash and no longer in the list', async () => {
    await page.getByRole('button', { name: 'Move 1 run to the trash' }).click()
    await expect(page.getByRole('region', { name: 'Last clean-up' })).toBeVisible()
    // The region is there as soon as it moves.
    await expect
      .poll(async () => (await listRuns(app, workspace)).some((run) => run.id === id))
      .toBe(false)
    await app.picture('2-moved')
  })

  await test.step('restored from the trash, it is listed again', async () => {
    await page.getByRole('tab', { name: 'Trash' }).click()
    await page.getByRole('checkbox', { name: `Select ${id}` }).check()
    await app.picture('3-trash')
    await page.getByRole('button', { name: 'Restore 1 selected' }).click()
    await expect
      .poll(async () => (await listRuns(app, workspace)).some((run) => run.id === id))
      .toBe(true)
    await page.getByRole('link', { name: /All runs/ }).click()
    await expect(runRow(page, id)).toContainText(/completed/i)
  })
})

test('[L243] by keyboard alone: archived first, kept as the policy, carried out and undone', async ({
  app,
}) => {
  const workspace = await app.sample()
  const { id } = await findRun(app, workspace, isOldAndDone)
  const page = await app.open(workspace)
  await page.getByRole('link', { name: 'Clean up' }).press('Enter')
  const victims = page.getByRole('grid', { name: 'Runs that would go' })
  await expect(victims).toContainText(id)

  await test.step('a rule is turned on and off with space, and the preview follows', async () => {
    await page.getByRole('checkbox', { name: 'Into the archive, not the trash' }).press('Space')
    await expect(page.getByRole('button', { name: 'Archive 1 run' })).toBeEnabled()
    await expect(victims).toContainText('Archive')
  })

  await test.step('the policy is kept in the settings, where the command line finds it', async () => {
    await page.getByRole('combobox', { name: 'By itself' }).press('e')
    await enterOn(page.getByRole('button', { name: 'Keep this policy' }))
    await expect(page.getByText('Kept in unstuck.json.')).toBeVisible()
    const kept = await app.cli(['cleanup', '--saved', '--workspace', workspace, '--json'])
    expect(kept.json()).toMatchObject({
      isSaved: true,
      retention: { days: { completed: 30 }, archive: { days: null } },
    })
  })

  await test.step('carried out, and undone', async () => {
    await enterOn(page.getByRole('button', { name: 'Archive 1 run' }))
    const isArchived = async () =>
      (await listRuns(app, workspace)).find((run) => run.id === id)?.archived === true
    await expect.poll(isArchived).toBe(true)
    await app.picture('4-archived')
    await expect(page.locator('#main')).toBeFocused()
    const outcome = page.getByRole('region', { name: 'Last clean-up' })
    await enterOn(outcome.getByRole('button', { name: 'Undo' }))
    await expect.poll(isArchived).toBe(false)
    await expect(page.locator('#main')).toBeFocused()
  })
})

test('the same by command line', { tag: '@command-line' }, async ({ app }) => {
  const workspace = await app.sample()
  const { id } = await findRun(app, workspace, isOldAndDone)
  const cleanup = (...args: string[]) =>
    app.cli(['cleanup', '--completed-days', '90', ...args, '--workspace', workspace, '--json'])

  const plan = (await cleanup('--plan')).json() as { plan: { victims: { run: string }[] } }
  expect(plan.plan.victims.map((victim) => victim.run)).toEqual([id])
  const applied = (await cleanup('--apply')).json() as { rows: { outcome: string }[] }
  expect(applied.rows.map((row) => row.outcome)).toEqual(['done'])
  expect((await listRuns(app, workspace)).some((run) => run.id === id)).toBe(false)

  const restored = await app.cli(['restore', id, '--workspace', workspace, '--json'])
  expect(restored.code, restored.stdout).toBe(0)
  expect((await listRuns(app, workspace)).some((run) => run.id === id)).toBe(true)
})

test('[L233] a clean-up by schedule says what it did where one is, and a run that was thinned is taken back from the log', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const steps = Array.from({ length: 12 }, (_, index) => {
    const needs = index === 0 ? [] : [`s${index - 1}`]
    return [`s${index}`, { run: 'true', sideEffects: 'none', needs }]
  })
  const flow = join(workspace, 'long.json')
  await writeFile(flow, JSON.stringify({ name: 'long', steps: Object.fromEntries(steps) }))
  await app.cli(['run', flow, '--trust', '--workspace', workspace])
  const retention = { thin: { days: 0, every: null }, minDays: 0 }
  const settings = { cleanup: { retention, schedule: 'hourly' } }
  await writeFile(join(workspace, 'unstuck.json'), JSON.stringify(settings))
  const page = await app.open(workspace)

  await test.step('the notice, and what is said of it on its page', async () => {
    await expect(page.getByText('Cleaned up by schedule: 1 done. See Clean up.')).toBeVisible()
    await app.picture('1-notice')
    await goTo(page, '#/cleanup/policy')
    await expect(page.getByRole('main')).toContainText(/By schedule, .*: 1 done/)
  })

  await test.step('its journal comes back by keyboard', async () => {
    const [run] = await listRuns(app, workspace)
    const journalBytes = async () => {
      const at = ['--workspace', workspace, '--json']
      const shown = (await app.cli(['show', run?.id ?? '', ...at])).json() as {
        readonly files: readonly { readonly kind: string; readonly sizeBytes: number }[] // of run.get
      }
      return shown.files.find(({ kind }) => kind === 'journal')?.sizeBytes ?? 0
    }
    const thinned = await journalBytes()
    await goTo(page, '#/operations?call=cleanup.apply')
    const pane = page.getByRole('complementary', { name: 'Operation' })
    await enterOn(pane.getByRole('button', { name: 'Take back…' }))
    const dialog = page.getByRole('dialog', { name: /^Take back/ })
    await enterOn(dialog.getByRole('button', { name: 'Take back' }))
    await expect(page.getByText(/was taken back, and read back\.$/)).toBeVisible()
    expect(await journalBytes()).toBeGreaterThan(thinned)
    const trash = await app.cli(['trash', '--workspace', workspace])
    expect(trash.stdout).toContain('The trash is empty.')
  })
})
