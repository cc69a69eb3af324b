import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { makeRuns } from '../../bench/makeRuns.ts'
import { expect, test, type App } from '../harness/app.ts'
import { runsGrid } from './screens.ts'

const count = 10_000
const order = 'ord-4711-x'

test('[L195] the stuck payment among 10,000 runs is found by its order id inside the state, by keyboard', async ({
  app,
}) => {
  test.setTimeout(300_000)
  const { page, run } = await openWithPayment(app)
  const field = page.getByRole('combobox', { name: 'Search runs' })

  await test.step('by its place in the state, completed and corrected as it is typed', async () => {
    await expect(runsGrid(page)).toBeFocused()
    await page.keyboard.press('/')
    await expect(field).toBeFocused()
    await page.keyboard.type('statsu:failed ')
    await expect(page.getByRole('alert')).toHaveText(
      'There is no filter “statsu”. Did you mean status?',
    )
    await page.keyboard.press('Backspace')
    await expect(field).toHaveValue('statsu:failed')
    for (let letter = 0; letter < 'statsu:failed'.length; letter++)
      await page.keyboard.press('Backspace')
    await page.keyboard.type('status:fa')
    await expect(page.getByRole('option', { name: 'failed' })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    await app.picture('1-completed')
    await page.keyboard.press('Enter')
    await expect(chip(page, 'Status is failed')).toBeVisible()
    await page.keyboard.type(`state:/inputs/orderId=${order} `)
    await expect(chip(page, `/inputs/orderId is ${order}`)).toBeVisible()
    await expect(rows(page)).toHaveCount(1, { timeout: 120_000 })
    await expect(rows(page)).toContainText('card declined')
    await app.picture('2-found')
  })

  await test.step('the address says all of it, and the run is opened from the list', async () => {
    expect(await page.evaluate(() => decodeURIComponent(location.hash))).toBe(
      `#/runs/all?text=status:failed+state:/inputs/orderId=${order}`,
    )
    await page.keyboard.press('Enter')
    await expect(runsGrid(page)).toBeFocused()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText('card declined')
    expect(page.url()).toContain(run)
    await page.goBack()
    await expect(chip(page, 'Status is failed')).toBeVisible()
  })

  await test.step('it is kept as a view, which is counted in the rail', async () => {
    await page.getByRole('button', { name: 'Save view…' }).press('Enter')
    await page.keyboard.type('Declined order')
    await page.keyboard.press('Enter')
    const view = page.getByRole('link', { name: /^Declined order/ })
    await expect(view).toContainText('1')
    await page.getByRole('link', { name: 'All runs' }).press('Enter')
    await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', String(count + 2))
    await view.press('Enter')
    await expect(rows(page)).toHaveCount(1)
    await expect(field).toBeVisible()
  })

  await test.step('runs that failed alike are a group that opens', async () => {
    await page.getByRole('link', { name: /^Failed/ }).press('Enter')
    const grouping = page.getByRole('combobox', { name: 'Group by' })
    await grouping.press('ArrowDown')
    await grouping.press('ArrowDown')
    await expect(grouping).toHaveValue('error')
    const groups = page.getByRole('grid', { name: 'Runs by error' })
    const group = groups.getByRole('link', { name: /card declined/ })
    await expect(groups.getByRole('link').first()).toBeVisible()
    const drawn = await groups.getByRole('row').count()
    expect(Number(await groups.getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(drawn)
    await expect(async () => {
      await groups.press('PageDown')
      await expect(group).toBeVisible({ timeout: 500 })
    }).toPass()
    await app.picture('3-groups')
    await group.press('Enter')
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page)).toContainText('card declined')
  })
})

async function openWithPayment(app: App): Promise<{ readonly page: Page; readonly run: string }> {
  const workspace = makeRuns(await app.workspace(), count)
  const definition = {
    name: 'payments',
    inputs: { orderId: { type: 'string' } },
    steps: { charge: { run: 'echo "card declined" >&2; exit 3', sideEffects: 'external' } },
  }
  const file = join(app.folder, 'payments.json')
  await writeFile(file, JSON.stringify(definition))
  const args = ['--input', `orderId=${order}`, '--trust', '--json', '--workspace', workspace]
  const started = await app.cli(['run', file, ...args])
  const { ref } = started.json() as { readonly ref: { readonly document: string } } // the answer of run.start
  const page = await app.open(workspace)
  await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', /^\d{5}$/, { timeout: 120_000 })
  return { page, run: ref.document }
}

function chip(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Change: ${name}` })
}

function rows(page: Page): Locator {
  return runsGrid(page).locator('tbody tr[aria-rowindex]')
}
