import { expect, test } from '../harness/app.ts'
import { findRun, isOldAndDone, listRuns, makeSample } from './sampleRuns.ts'
import { runRow } from './screens.ts'

test('an old finished run is moved to the trash by click, and restored', async ({ app }) => {
  const workspace = await makeSample(app)
  const { id } = await findRun(app, workspace, isOldAndDone)
  const before = (await listRuns(app, workspace)).length
  const page = await app.open(workspace)
  await page.getByRole('link', { name: 'Clean up' }).click()

  await test.step('the preview names the victim, and moves nothing', async () => {
    const victims = page.getByRole('grid', { name: 'Runs that would go to the trash' })
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

test('the same by command line', async ({ app }) => {
  const workspace = await makeSample(app)
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
