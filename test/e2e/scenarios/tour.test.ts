import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { makeRuns } from '../../bench/makeRuns.ts'
import { expect, test as base, type App } from '../harness/app.ts'
import { fillByMouse, tabTo, useOnly } from './hands.ts'
import { keepPicture } from './keepPicture.ts'
import { runRow, runsGrid } from './screens.ts'
import { effectsOf, makeStuckPayment, type StuckPayment } from './stuckPayment.ts'
import { readEffects } from './workflows.ts'

/** Made once; each test adds two runs of its own. */
const test = base.extend<object, { readonly manyRuns: string }>({
  manyRuns: [
    // Playwright reads the names of fixtures from this pattern: here of none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'unstuck-tour-'))
      await use(makeRuns(join(folder, 'Payments'), 10_000))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],
})

// In one worker, one after the other, over the same many runs.
test.describe.configure({ mode: 'default' })

test('a stuck payment among 10,000 runs is found, understood, mended and finished by keyboard alone', async ({
  app,
  manyRuns,
}) => {
  const { page, payment } = await open(app, manyRuns, 'ord-4711')
  const isKeyboardOnly = await useOnly(page, 'keyboard')
  const { keyboard } = page

  await test.step('found by its order', async () => {
    await expect(runsGrid(page)).toBeFocused()
    await keyboard.press('/')
    await keyboard.type(`status:failed state:/inputs/orderId=${payment.order} `)
    await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', '2')
    await expect(runRow(page, payment.stuck)).toContainText('the amount is negative')
    await keepPicture(page, 'tour-1-find')
    await keyboard.press('Enter')
    await expect(runsGrid(page)).toBeFocused()
    await keyboard.press('Home')
    await keyboard.press('Enter')
  })

  await test.step('why it is stuck is read', async () => {
    await expectWhy(page)
    await expect(page.getByRole('button', { name: 'Resume from charge' })).toBeFocused()
    await keepPicture(page, 'tour-2-why')
  })

  await test.step('what changed since its last good checkpoint is seen', async () => {
    await choose(page, 'compare this run')
    await expect(page.getByRole('option', { name: /Last checkpoint: price/ })).toBeVisible()
    await keyboard.type('last checkpoint')
    await keyboard.press('Enter')
    await expectSinceCheckpoint(page)
    await keepPicture(page, 'tour-3-since-checkpoint')
  })

  await test.step('where it parted from the good run is found', async () => {
    await keyboard.press('1')
    const best = page.getByRole('option', { name: /Last completed run of payment/ })
    await expect(best).toContainText(payment.good)
    await keyboard.press('Enter')
    await expectParted(page)
    await keyboard.press('d')
    await expectJumped(page)
    await keepPicture(page, 'tour-4-parted')
  })

  await test.step('one value is edited, with a preview and a reason', async () => {
    await keyboard.press('e')
    await expectReason(page)
    await choose(page, '/steps/price/output/amountCents', /^Go to/)
    await expect(item(page, 'amountCents')).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('tree', { name: 'State' })).toBeFocused()
    await keyboard.press('F2')
    await expect(valueField(page)).toBeFocused()
    await keyboard.press('ControlOrMeta+a')
    await keyboard.type('11610')
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Preview…' }))
    await keyboard.press('Enter')
    await expectPreview(page)
    await tabTo(page, reasonField(page))
    await keyboard.type(reason)
    await keepPicture(page, 'tour-5-edit')
    await keyboard.press('Enter')
    await expect(page.getByText(/Edited and read back/)).toBeVisible()
  })

  await test.step('it is resumed, and watched until it is finished', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Resume…' }))
    await keyboard.press('Enter')
    const resume = page.getByRole('button', { name: 'Resume run' })
    await expect(resume).toBeEnabled()
    await keepPicture(page, 'tour-6-resume')
    await tabTo(page, resume)
    await keyboard.press('Enter')
    await expectFinished(app, page, manyRuns, payment)
    await keepPicture(page, 'tour-7-finished')
  })
  await isKeyboardOnly()
})

test('a stuck payment among 10,000 runs is found, understood, mended and finished by mouse alone', async ({
  app,
  manyRuns,
}) => {
  const { page, payment } = await open(app, manyRuns, 'ord-4712')
  const isMouseOnly = await useOnly(page, 'mouse')

  await test.step('found among the failed ones, the newest first', async () => {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: /^Failed/ })
      .click()
    await expect(runRow(page, payment.stuck)).toContainText('the amount is negative')
    await runRow(page, payment.stuck).getByRole('link').click()
  })

  await test.step('why it is stuck is read', async () => {
    await expectWhy(page)
  })

  await test.step('what changed since its last good checkpoint is seen', async () => {
    await page.getByRole('tab', { name: 'Checkpoints' }).click()
    await page.getByRole('row', { name: /price/ }).click()
    await page.getByRole('button', { name: 'Compare with now' }).click()
    await expectSinceCheckpoint(page)
  })

  await test.step('where it parted from the good run is found', async () => {
    await page.getByRole('link', { name: 'Open the run after' }).click()
    await page.getByRole('button', { name: 'Compare with the last good run' }).click()
    await expectParted(page)
    await page.getByRole('button', { name: 'Jump to it' }).click()
    await expectJumped(page)
  })

  await test.step('one value is edited, with a preview and a reason', async () => {
    await page.getByRole('button', { name: `Open it in ${payment.stuck}` }).click()
    await expectReason(page)
    await item(page, 'amountCents').dblclick()
    await fillByMouse(page, valueField(page), '11610')
    await page.getByRole('button', { name: 'Stage', exact: true }).click()
    await page.getByRole('button', { name: 'Preview…' }).click()
    await expectPreview(page)
    await fillByMouse(page, reasonField(page), reason)
    await page.getByRole('button', { name: 'Apply 1 edit' }).click()
    await expect(page.getByText(/Edited and read back/)).toBeVisible()
  })

  await test.step('it is resumed, and watched until it is finished', async () => {
    await page.getByRole('button', { name: 'Resume…' }).click()
    await page.getByRole('button', { name: 'Resume run' }).click()
    await expectFinished(app, page, manyRuns, payment)
  })
  await isMouseOnly()
})

const reason = 'The discount was 10 percent, not 110.'

async function open(app: App, workspace: string, order: string) {
  const payment = await makeStuckPayment(app, workspace, order)
  const page = await app.open(workspace)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', /^\d{5}$/, { timeout: 120_000 })
  return { page, payment }
}

/** With the end of the log, which is folded away beside what was chosen below. */
async function expectWhy(page: Page): Promise<void> {
  await expectReason(page)
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' })
  const log = diagnosis.getByRole('region', { name: 'Last lines of the log of charge' })
  await expect(log).toContainText('amount: -1290 cents')
}

async function expectReason(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(
    'charge failed all 2 times (exit code 3): refused by the bank: the amount is negative',
  )
}

async function expectSinceCheckpoint(page: Page): Promise<void> {
  const change = changes(page).getByRole('listitem').filter({ hasText: '/steps/charge/status' })
  await expect(change.getByLabel('after')).toContainText('failed')
  await expect(changes(page)).not.toContainText('/steps/price/output')
}

async function expectParted(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Where the runs part' })).toContainText(
    'Both runs agree up to step load-order; at step price the output differs at /steps/price/output/',
  )
  await expect(changes(page)).toBeVisible()
}

async function expectJumped(page: Page): Promise<void> {
  const current = changes(page).locator('[aria-current=true]')
  await expect(current).toContainText('/steps/price/output/')
  await expect(current).toBeInViewport()
}

async function expectPreview(page: Page): Promise<void> {
  const preview = page.getByRole('region', { name: 'Before and after' })
  await expect(preview).toContainText('/steps/price/output/amountCents')
  await expect(preview.getByLabel('before')).toContainText('-1290')
  await expect(preview.getByLabel('after')).toContainText('11610')
}

async function expectFinished(
  app: App,
  page: Page,
  workspace: string,
  { order, stuck }: StuckPayment,
): Promise<void> {
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/completed/i)
  const shown = await app.cli(['show', stuck, '--workspace', workspace])
  expect(shown.stdout).toMatch(/completed/)
  const effects = await readEffects(workspace)
  expect(effects).toEqual([...effectsOf(`${order}-yesterday`, 11_610), ...effectsOf(order, 11_610)])
}

/** Finds a run or an action in the palette, and takes the first once it is the one that is meant. */
async function choose(page: Page, text: string, meant = new RegExp(text, 'i')): Promise<void> {
  const palette = page.getByRole('dialog')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(text)
  await expect(palette.getByRole('option', { selected: true })).toContainText(meant)
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
}

function item(page: Page, name: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
}

function changes(page: Page): Locator {
  return page.getByRole('list', { name: 'Changes' })
}

function valueField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'New value of /steps/price/output/amountCents' })
}

function reasonField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Reason' })
}
