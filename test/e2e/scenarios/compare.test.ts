import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { runRow } from './screens.ts'

test('what changed since the last good checkpoint, and where the run parted from the last good one, by keyboard alone', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const { good, bad } = await makeRuns(app, workspace)
  const page = await app.open(workspace)
  const changes = page.getByRole('list', { name: 'Changes' })

  await test.step('the run is compared with the last one that completed', async () => {
    await expect(runRow(page, bad)).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.type(bad)
    await expect(runRow(page, good)).toHaveCount(0)
    await page.keyboard.press('Tab')
    await openByKeys(page)
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('compare this run')
    await expect(page.getByRole('option', { name: /Compare this run with/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: /Last completed run of payment/ })).toContainText(
      good,
    )
    await app.picture('1-choose')
    await page.keyboard.press('Enter')
  })

  await test.step('it says where they part', async () => {
    const parted = page.getByRole('region', { name: 'Where the runs part' })
    await expect(parted).toContainText(
      'Both runs agree up to step load; at step price the output differs at /steps/price/output/rate.',
    )
    await expect(changes).toBeVisible()
    await page.keyboard.press('d')
    await expect(changes.locator('[aria-current=true]')).toContainText('/steps/price/output/rate')
    await expect(changes).toContainText('moved from items[2] to items[0]')
    await app.picture('2-parted')
  })

  await test.step('it says what changed the value', async () => {
    await page.keyboard.press('b')
    const blame = page.getByRole('complementary', { name: 'Blame' })
    await expect(blame).toContainText('price succeeded.')
    await app.picture('3-blame')
    await page.keyboard.press('b')
    await expect(blame).toHaveCount(0)
  })

  await test.step('the same run since its last checkpoint', async () => {
    await page.keyboard.press('1')
    const choices = page.getByRole('dialog').getByRole('option', { name: /Last checkpoint/ })
    await expect(choices).toBeVisible()
    await page.keyboard.type('last checkpoint')
    await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Where the runs part' })).toHaveCount(0)
    await expect(changes).toContainText('/steps/charge/status')
    const place = page.getByRole('status', { name: 'Change that is looked at' })
    await expect(place).toHaveText(/^1 of \d+$/)
    await page.keyboard.press('n')
    await expect(place).toHaveText(/^2 of \d+$/)
    await page.keyboard.press('p')
    await expect(place).toHaveText(/^1 of \d+$/)
    await app.picture('4-since-checkpoint')
  })
})

test('unchanged values are folded and open on demand, and kinds filter', async ({ app }) => {
  const workspace = await app.workspace()
  const { good, bad } = await makeRuns(app, workspace)
  const page = await app.open(workspace)
  await expect(runRow(page, bad)).toBeVisible()
  await page.evaluate((to) => {
    location.hash = to
  }, `#/compare?left=${good}&right=${bad}`)

  await expect(page.getByRole('region', { name: 'Where the runs part' })).toBeVisible()
  const changes = page.getByRole('list', { name: 'Changes' })
  await changes
    .getByRole('button', { name: /unchanged/ })
    .first()
    .click()
  await expect(changes.getByRole('listitem').filter({ hasText: '/kind' })).toBeVisible()
  await page.getByRole('button', { name: /^Moved/ }).click()
  await expect(changes.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: /^Moved/ }).click()
  await page.getByRole('button', { name: /4 steps/ }).click()
  const steps = page.getByRole('table', { name: 'Steps of both runs' })
  await expect(steps.getByRole('row', { name: /charge/ })).toContainText(/Succeeded.*Failed/)
  await app.picture('5-steps')
  await steps.getByRole('button', { name: 'charge' }).click()
  await expect(changes).toContainText('/steps/charge/status')
  await expect(changes).not.toContainText('/steps/price')
})

/** Puts the focus on the list of runs and opens its only row. */
async function openByKeys(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Runs' })
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab')
      return grid.evaluate((element) => element.contains(document.activeElement))
    })
    .toBe(true)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toBeVisible()
}

/** Yesterday's run completed; today's has another rate, another order of items, and fails when it charges. */
async function makeRuns(app: App, workspace: string) {
  const file = join(workspace, 'payment.json')
  await writeFile(join(workspace, 'price.mjs'), priceModule)
  await writeFile(file, JSON.stringify(definition))
  const apple = { id: 'apple', count: 3 }
  const pear = { id: 'pear', count: 1 }
  const plum = { id: 'plum', count: 2 }
  await writeFile(join(workspace, 'items.json'), JSON.stringify([apple, pear, plum]))
  await writeFile(join(workspace, 'rate'), '1.19')
  await writeFile(join(workspace, 'ready'), '')
  const good = await start(app, workspace, file)
  await writeFile(join(workspace, 'items.json'), JSON.stringify([plum, apple, pear]))
  await writeFile(join(workspace, 'rate'), '1.21')
  await rm(join(workspace, 'ready'))
  return { good, bad: await start(app, workspace, file) }
}

async function start(app: App, workspace: string, file: string): Promise<string> {
  const run = await app.cli(['run', file, '--workspace', workspace, '--trust'])
  const found = /payment-\S+/.exec(run.stdout + run.stderr)
  if (found === null) throw new Error(`No run was started: ${run.stderr}`)
  return found[0]
}

const definition = {
  name: 'payment',
  steps: {
    load: { run: 'echo order-7', sideEffects: 'none' },
    price: { module: './price.mjs#price', needs: ['load'], sideEffects: 'none' },
    charge: { run: 'test -e ready && echo charged', needs: ['price'], sideEffects: 'none' },
    receipt: { run: 'echo receipt', needs: ['charge'], sideEffects: 'none' },
  },
}

const priceModule = `
import { readFileSync } from 'node:fs'
export function price() {
  const rate = Number(readFileSync('rate', 'utf8'))
  const items = JSON.parse(readFileSync('items.json', 'utf8'))
  return { requestId: crypto.randomUUID(), pricedAt: new Date().toISOString(), rate, items }
}
`
