import type { Locator, Page } from 'playwright'
import { makeRuns } from '../../bench/makeRuns.ts'
import { expect, test, type App } from '../harness/app.ts'
import { expectAccessible } from '../harness/axe.ts'
import { activeRow, runsGrid } from './screens.ts'

/** More than are loaded at once, by far. */
const count = 1_200
const all = count.toLocaleString('en')

test('by keyboard all runs that match are chosen but one, and what would be done is shown', async ({
  app,
}) => {
  const page = await openLarge(app)
  await runsGrid(page).focus()

  await test.step('row by row, and back', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+J')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(bar(page)).toContainText('3 selected')
    await page.keyboard.press('Shift+K')
    await expect(bar(page)).toContainText('2 selected')
    await expect(picked(page)).toHaveCount(2)
    await page.keyboard.press('Escape')
    await expect(bar(page)).toBeHidden()
  })

  await test.step('from the first to the last, which nobody loaded', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+End')
    await expect(bar(page)).toContainText(`${all} selected`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await expect(activeRow(page)).toHaveAttribute('aria-rowindex', '2')
  })

  await test.step('all that match, without one', async () => {
    await page.keyboard.press('Control+a')
    await expect(bar(page)).not.toContainText('all that match:')
    await page.keyboard.press('Control+a')
    await expect(bar(page)).toContainText(`${all} selected: all that match`)
    await page.keyboard.press('x')
    await expect(bar(page)).toContainText(
      `${(count - 1).toLocaleString('en')} selected: all that match, without 1`,
    )
    await expect(runsGrid(page)).toBeFocused()
    await expect(activeRow(page)).toHaveAttribute('aria-selected', 'false')
    await app.picture('1-all-but-one')
    await expectAccessible(page, 'the list with a selection')
  })

  await test.step('the preview says of each what would be done, and closing it does nothing', async () => {
    await actions(page)
      .getByRole('button', { name: /^Archive/ })
      .press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Archive runs' })
    const preview = dialog.getByRole('grid', { name: 'What would be done' })
    await expect(preview).toHaveAttribute('aria-rowcount', String(count))
    await expect(dialog).toContainText('are left out')
    await app.picture('2-preview')
    await expectAccessible(page, 'the preview of many')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(bar(page)).toContainText('without 1')
  })
})

test('by mouse a range over rows that are not loaded is chosen, and runs go to the trash and come back', async ({
  app,
}) => {
  const page = await openLarge(app)

  await test.step('Ctrl adds a row, Shift chooses to the end of the list', async () => {
    await cellOf(page, 3, 4).click({ modifiers: ['Control'] })
    await expect(bar(page)).toContainText('1 selected')
    await runsGrid(page).evaluate((grid) => {
      grid.parentElement?.scrollTo({ top: grid.parentElement.scrollHeight })
    })
    await expect(row(page, count + 1)).toBeVisible()
    await expect(row(page, count + 1)).not.toHaveAttribute('aria-busy', 'true')
    await cellOf(page, count + 1, 4).click({ modifiers: ['Shift'] })
    await expect(bar(page)).toContainText(`${(count - 1).toLocaleString('en')} selected`)
    await bar(page)
      .getByRole('button', { name: /^Select nothing/ })
      .click()
    await expect(bar(page)).toBeHidden()
  })

  await test.step('all that match a search, by the box in the head and the button', async () => {
    await page.getByRole('combobox', { name: 'Search runs' }).fill('completed')
    await expect(page.getByText(new RegExp(`^[\\d,]+ of ${all}$`))).toBeVisible()
    await page.getByRole('checkbox', { name: 'Choose all rows that are loaded' }).click()
    await bar(page)
      .getByRole('button', { name: /^Select all/ })
      .click()
    await expect(bar(page)).toContainText('all that match “completed”')
    await page.getByRole('combobox', { name: 'Search runs' }).fill('')
    await expect(bar(page)).toBeHidden()
  })

  await test.step('three runs go to the trash, each told of, and come back', async () => {
    await page.getByRole('combobox', { name: 'Search runs' }).fill('Completed')
    await expect(page.getByText(new RegExp(`^[\\d,]+ of ${all}$`))).toBeVisible()
    await row(page, 2).getByRole('checkbox').click()
    await row(page, 4)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    await expect(bar(page)).toContainText('3 selected')
    await actions(page).getByRole('button', { name: 'To the trash 3' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move runs to the trash' })
    await dialog.getByRole('button', { name: 'To the trash: 3 runs' }).click()
    await expect(dialog).toContainText('3 runs were moved to the trash.')
    await expect(dialog.getByRole('grid', { name: 'What came of each' })).toHaveAttribute(
      'aria-rowcount',
      '4',
    )
    await app.picture('3-moved')
    await dialog.getByRole('button', { name: 'Put them back' }).click()
    await expect(dialog).toContainText('3 runs were put back.')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(bar(page)).toBeHidden()
  })
})

test('columns are chosen, moved, resized and kept', async ({ app }) => {
  const workspace = await app.workspace()
  const page = await app.open(makeRuns(workspace, 40))
  await expect(heads(page).first()).toHaveText('Status')
  await expect(row(page, 2).getByRole('link')).toBeVisible()

  await test.step('by keyboard', async () => {
    await head(page, 'Run').getByRole('button').first().focus()
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await expect(heads(page).first()).toHaveText('Run')
    const before = await widthOf(page, 'Run')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => widthOf(page, 'Run')).toBe(before + 16)
  })

  await test.step('by mouse', async () => {
    await head(page, 'Status').dragTo(head(page, 'Run'))
    await expect(heads(page).first()).toHaveText('Status')
    const edge = await page.getByRole('button', { name: 'Width of Run' }).boundingBox()
    const [x, y] = [(edge?.x ?? 0) + 4, (edge?.y ?? 0) + 10]
    const before = await widthOf(page, 'Run')
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => widthOf(page, 'Run')).toBe(before - 60)
    await expect(heads(page).nth(1)).toHaveText('Run')
    await page.getByRole('button', { name: 'Width of Run' }).dblclick()
    await expect.poll(() => widthOf(page, 'Run')).toBeGreaterThan(196)
    await page.getByRole('button', { name: 'Columns…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Columns' })
    await dialog.getByRole('checkbox', { name: 'Owner' }).check()
    await dialog.getByRole('checkbox', { name: 'Step' }).uncheck()
    await app.picture('columns')
    await expectAccessible(page, 'the dialog of the columns')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(heads(page).filter({ hasText: 'Owner' })).toHaveCount(1)
    await expect(heads(page).filter({ hasText: 'Step' })).toHaveCount(0)
  })

  await test.step('the next look has them as they were left, until they are reset', async () => {
    await page.reload()
    await expect(heads(page).filter({ hasText: 'Owner' })).toHaveCount(1)
    await page.getByRole('button', { name: 'Columns…' }).click()
    await page.getByRole('button', { name: 'As they were at first' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(heads(page).filter({ hasText: 'Owner' })).toHaveCount(0)
  })
})

test('[L190] [L191] order and columns are in the address, and a saved view opens with them', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const page = await app.open(makeRuns(workspace, 40))
  const status = head(page, 'Status')

  await test.step('back undoes the order', async () => {
    await status.getByRole('button').first().click()
    await expect(status).toHaveAttribute('aria-sort', /ascending|descending/)
    expect(await page.evaluate(() => location.hash)).toContain('sort=')
    await page.goBack()
    await expect(status).not.toHaveAttribute('aria-sort', /ascending|descending/)
    await page.goForward()
    await expect(status).toHaveAttribute('aria-sort', /ascending|descending/)
  })

  await test.step('a view is saved with both, and opens with both', async () => {
    await head(page, 'Run').getByRole('button').first().focus()
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await expect(heads(page).first()).toHaveText('Run')
    await page.getByRole('button', { name: 'Save view…' }).click()
    await page.keyboard.type('By status')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('link', { name: /^By status/ })).toBeVisible()
    await head(page, 'Run').getByRole('button').first().focus()
    await page.keyboard.press('Control+Shift+ArrowRight')
    await expect(heads(page).first()).toHaveText('Status')
    await page.getByRole('link', { name: 'All runs' }).click()
    await expect(status).not.toHaveAttribute('aria-sort', /ascending|descending/)
    const view = page.getByRole('link', { name: /^By status/ })
    await view.click()
    await expect(heads(page).first()).toHaveText('Run')
    await expect(status).toHaveAttribute('aria-sort', /ascending|descending/)
    await expect(view).toHaveAttribute('aria-current', 'page')
    await page.reload()
    await expect(heads(page).first()).toHaveText('Run')
    await expect(status).toHaveAttribute('aria-sort', /ascending|descending/)
  })
})

async function openLarge(app: App): Promise<Page> {
  test.setTimeout(300_000)
  const page = await app.open(makeRuns(await app.workspace(), count))
  const rows = String(count + 1)
  await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', rows, { timeout: 60_000 })
  await expect(row(page, 2)).toBeVisible()
  await expect(page.getByText(/checking files/)).toBeHidden({ timeout: 180_000 })
  return page
}

function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected runs' })
}

function actions(page: Page): Locator {
  return bar(page).getByRole('group', { name: 'With the selected runs' })
}

function picked(page: Page): Locator {
  return runsGrid(page).getByRole('row', { selected: true })
}

function row(page: Page, rowIndex: number): Locator {
  return runsGrid(page).locator(`tr[aria-rowindex="${rowIndex}"]`)
}

function cellOf(page: Page, rowIndex: number, column: number): Locator {
  return row(page, rowIndex)
    .getByRole('gridcell')
    .nth(column - 1)
}

function heads(page: Page): Locator {
  return runsGrid(page).locator('th[draggable="true"]')
}

function widthOf(page: Page, column: string): Promise<number> {
  return head(page, column).evaluate((cell) => Math.round(cell.getBoundingClientRect().width))
}

function head(page: Page, column: string): Locator {
  return heads(page).filter({ hasText: new RegExp(`^${column}$`) })
}
