import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { goTo } from './screens.ts'
import { findRun, listRuns, type ListedRun } from './sampleRuns.ts'

/** What each tab says of the document; there is no journal and no log, and the timeline stands for them. */
const oldTabs = [
  ['timeline', 'extract'],
  ['graph', 'extract'],
  ['logs', 'extract'],
  ['history', 'extract'],
  ['raw', 'workflow_id'],
] as const

const version1 = 'runs/deploy-20250102-101500.json'
const version2 = 'runs/etl-7.json'

test('documents of versions 1 and 2 are migrated by click, and rolled back', async ({ app }) => {
  const workspace = await app.sample()
  const before = await texts(workspace)
  const page = await app.open(workspace)
  await test.step('before that its tabs offer nothing that the document does not hold', async () => {
    const run = `#/run/${encodeURIComponent(version2)}`
    await goTo(page, `${run}/checkpoints?format=unstuck-v2&checkpoint=cp-1`)
    const panel = page.getByRole('tabpanel')
    await expect(panel).toContainText('only names its checkpoints')
    await expect(panel.getByRole('button', { name: 'Open state' })).toHaveCount(0)
    await goTo(page, `${run}/state?format=unstuck-v2&checkpoint=cp-1`)
    await expect(page.getByRole('treeitem', { name: /updatedAt/ })).toBeVisible()
    await expect(panel).not.toContainText('F2')
    for (const [tab, shown] of oldTabs) {
      await goTo(page, `${run}/${tab}?format=unstuck-v2`)
      await expect(panel).toContainText(shown)
    }
  })
  await page.getByRole('link', { name: 'Migrate' }).click()

  await test.step('the plan shows both sides, and writes nothing', async () => {
    const documents = page.getByRole('grid', { name: 'Old documents' })
    await expect(documents).toContainText('deploy-20250102-101500')
    await expect(documents).toContainText('etl-7')
    const sides = page.getByRole('region', { name: 'Before and after' })
    await expect(sides).toContainText('startedAt')
    await sides.getByRole('tab', { name: 'As it would be, version 3' }).click()
    await expect(sides).toContainText('"version": 3')
    await app.picture('1-plan')
    expect(await texts(workspace)).toEqual(before)
  })

  await test.step('migrated, each has its row and is a run of version 3', async () => {
    await page.getByRole('button', { name: 'Migrate 2 documents' }).click()
    await expect(page.getByRole('region', { name: 'Last migration' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Roll back 2' })).toBeEnabled()
    await app.picture('2-migrated')
    const etl = await findRun(app, workspace, (run) => run.id === 'etl-7')
    expect(etl).toMatchObject({ health: 'ok', status: 'paused', ref: { format: 'unstuck' } })
  })

  await test.step('rolled back, the old bytes are where they were', async () => {
    await page.getByRole('button', { name: 'Earlier migrations' }).click()
    await expect(page.getByRole('grid', { name: 'Earlier migrations' })).toContainText('etl-7')
    await page.getByRole('button', { name: 'Roll back all 2' }).click()
    await expect(page.getByRole('region', { name: 'Roll back' })).toBeVisible()
    await expect.poll(() => texts(workspace)).toEqual(before)
    await app.picture('3-rolled-back')
  })
})

test('the same by command line', { tag: '@command-line' }, async ({ app }) => {
  const workspace = await app.sample()
  const before = await texts(workspace)
  const migrate = (...args: string[]) =>
    app.cli(['migrate', ...args, '--workspace', workspace, '--json'])

  const plan = (await migrate('--plan')).json() as { plan: { rows: { from: number }[] } }
  expect(plan.plan.rows.map((row) => row.from)).toEqual([1, 2])
  expect(await texts(workspace)).toEqual(before)

  const applied = (await migrate('--apply')).json() as {
    rows: { outcome: string; result: string }[]
  }
  expect(applied.rows.map((row) => row.outcome)).toEqual(['done', 'done'])
  const old = (await listRuns(app, workspace)).filter(isOldOfOurs)
  expect(old).toEqual([])

  const back = await migrate('--rollback', ...applied.rows.map((row) => row.result))
  expect(back.code, back.stdout).toBe(0)
  expect(await texts(workspace)).toEqual(before)
})

/** MARSYS has no way from its old versions to its new one. */
function isOldOfOurs({ health, ref }: ListedRun): boolean {
  return health === 'old-version' && ref.format.startsWith('unstuck')
}

async function texts(workspace: string): Promise<readonly (string | null)[]> {
  const read = (path: string) => readFile(join(workspace, path), 'utf8').catch(() => null)
  return Promise.all([version1, version2].map(read))
}
