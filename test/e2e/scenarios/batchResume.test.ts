import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { makeFailedRuns } from '../../faults/campaigns/failedRuns.ts'
import { expect, test } from '../harness/app.ts'
import { expectAccessible } from '../harness/axe.ts'
import { enterOn } from './hands.ts'
import { goTo } from './screens.ts'

/** More where somebody wants to see it: each takes a process of its own. */
const count = Number(process.env['UNSTUCK_BATCH_RUNS'] ?? 12)

test('[L280] [L281] [L282] [L283] [L284] runs that failed alike are resumed together, over a restart of the host', async ({
  app,
}) => {
  test.setTimeout(120_000 + 4_000 * count)
  const workspace = await app.workspace()
  const runs = await makeFailedRuns(workspace, count)
  await app.cli(['trust', '--workspace', workspace])
  let page = await app.open(workspace)

  await test.step('the group of their error leads to the plan', async () => {
    await goTo(page, '#/runs/failed?group=error')
    await page.getByRole('link', { name: 'Resume…' }).click()
    const counts = page.getByRole('list', { name: 'What would become of the runs' })
    await expect(counts.getByRole('listitem').first()).toContainText(`${count}`)
    await expectAccessible(page, 'the plan of many')
    await app.picture('1-plan')
  })

  await test.step('one is resumed as a canary, and the rest wait', async () => {
    await enterOn(page.getByRole('button', { name: 'Resume 1 as a canary' }))
    await expect(page.getByText('Waits for you', { exact: true })).toBeVisible({ timeout: 60_000 })
    expect(await effectsIn(workspace)).toHaveLength(1)
    await expectAccessible(page, 'a batch behind its canary')
    await app.picture('2-canary')
  })

  await test.step('the list says that it waits, and leads there', async () => {
    await goTo(page, '#/runs/all')
    await expect(page.getByText('A batch waits for you after its canary')).toBeVisible()
    await page.getByRole('link', { name: 'Look at it' }).click()
    await page.getByRole('button', { name: `Resume the other ${count - 1}` }).click()
  })

  await test.step('its host ends half way, and the next one goes on by itself', async () => {
    const half = Math.ceil(count / 2)
    await expect.poll(async () => (await effectsIn(workspace)).length, slowly).toBeGreaterThan(half)
    await app.close()
    page = await app.open(workspace)
    await expect
      .poll(async () => (await effectsIn(workspace)).length, slowly)
      .toBeGreaterThanOrEqual(count)
  })

  await test.step('every run was resumed once, and says so', async () => {
    await openBatch(page)
    await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText(`${count} of ${count} runs observed`)).toBeVisible()
    const grid = page.getByRole('grid', { name: 'Runs of the batch' })
    await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
    await expect(grid.getByRole('row', { name: runs[0] ?? '' })).toContainText('Completed')
    expect((await effectsIn(workspace)).toSorted()).toEqual([...runs].toSorted())
    await app.picture('3-done')
  })
})

test('[L319] a run that does not go on says why in full, without its secrets', async ({ app }) => {
  const workspace = await app.workspace()
  const file = join(workspace, 'pay.json')
  const run =
    'echo "no answer of https://shop:s3cr3t-word@bank.example, which is to be asked for by the desk of the bank that has the night, not here" >&2; exit 3'
  const steps = { pay: { run, sideEffects: 'none' } }
  await writeFile(file, JSON.stringify({ name: 'pay', version: '1', steps }))
  const failed = await app.cli(['run', file, '--workspace', workspace, '--trust'])
  const id = /Started (\S+)/.exec(failed.stdout + failed.stderr)?.[1] ?? ''
  const page = await app.open(workspace)
  await goTo(page, `#/resume?runs=${id}`)
  await enterOn(page.getByRole('button', { name: /^Resume 1/ }))
  const told = page.getByRole('main').getByRole('paragraph').filter({ hasText: 'no answer of' })
  await expect(told).toContainText('the bank that has the night, not here')
  await expect(told.getByRole('link', { name: id })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText('s3cr3t-word')
  await app.picture('4-refused')
})

const slowly = { timeout: 60_000 + 2_000 * count }

async function openBatch(page: Page): Promise<void> {
  await goTo(page, '#/batches')
  await page.getByRole('grid', { name: 'Batches' }).getByRole('link').first().click()
}

async function effectsIn(workspace: string): Promise<readonly string[]> {
  const text = await readFile(join(workspace, 'effects'), 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}
