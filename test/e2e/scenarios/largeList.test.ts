import type { Locator, Page } from 'playwright'
import { makeRuns } from '../../bench/makeRuns.ts'
import { expect, test, type App } from '../harness/app.ts'
import { activeRow, runsGrid } from './screens.ts'

const count = 3_000

test('a list of 3,000 runs is walked, scrolled, searched and sorted', async ({ app }) => {
  const page = await openLarge(app)

  await test.step('by keyboard to its end and back', async () => {
    await expect(runsGrid(page)).toBeFocused()
    await page.keyboard.press('End')
    await expect(activeRow(page)).toHaveAttribute('aria-rowindex', String(count + 1))
    await expect(activeRow(page).getByRole('link')).toBeInViewport()
    await page.keyboard.press('k')
    await expect(activeRow(page)).toHaveAttribute('aria-rowindex', String(count))
    await page.keyboard.press('PageUp')
    await expect(activeRow(page)).not.toHaveAttribute('aria-rowindex', String(count))
    await expect(activeRow(page)).toBeInViewport()
    await page.keyboard.press('Home')
    await page.keyboard.press('j')
    await expect(activeRow(page)).toHaveAttribute('aria-rowindex', '3')
    await expect(activeRow(page).getByRole('link')).toBeInViewport()
  })

  await test.step('rows are there wherever it is scrolled to, and only those are drawn', async () => {
    for (const share of [0.5, 1, 0.25, 0]) {
      await scrollTo(page, share)
      await expect.poll(() => missingOnScreen(page)).toBe(0)
      expect(await drawn(page).count()).toBeLessThan(80)
    }
  })

  await test.step('a search says how many match, and is taken back', async () => {
    const first = (await drawn(page).first().getByRole('link').getAttribute('title')) ?? ''
    await page.getByRole('combobox', { name: 'Search runs' }).pressSequentially(first)
    const found = `1 of ${count.toLocaleString('en')}`
    await expect(page.getByText(found, { exact: true })).toBeVisible()
    await expect(drawn(page)).toHaveCount(1)
    await expect(drawn(page).getByRole('link')).toHaveAttribute('title', first)
    await page.keyboard.press('Escape')
    await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', String(count + 1))
  })

  await test.step('the selected run stays selected in another order', async () => {
    await runsGrid(page).focus()
    await page.keyboard.press('Home')
    const run = (await activeRow(page).getByRole('link').getAttribute('title')) ?? ''
    await page.keyboard.press(' ')
    const peek = page.getByRole('complementary', { name: 'Peek' })
    await expect(peek).toContainText(run)
    const header = page.getByRole('columnheader', { name: 'In this state' })
    await header.getByRole('button').first().click()
    await expect(header).toHaveAttribute('aria-sort', 'ascending')
    await expect(activeRow(page)).toHaveCount(0)
    await expect(peek).toContainText(run)
    await scrollTo(page, 1)
    await expect(activeRow(page)).toHaveAttribute('aria-rowindex', String(count + 1))
    await expect(activeRow(page).getByRole('link')).toHaveAttribute('title', run)
  })
})

async function openLarge(app: App): Promise<Page> {
  const page = await app.open(makeRuns(await app.workspace(), count))
  const all = String(count + 1)
  await expect(runsGrid(page)).toHaveAttribute('aria-rowcount', all, { timeout: 60_000 })
  await expect(drawn(page).first()).toBeVisible()
  return page
}

async function scrollTo(page: Page, share: number): Promise<void> {
  await runsGrid(page).evaluate((grid, part) => {
    grid.parentElement?.scrollTo({ top: part * grid.parentElement.scrollHeight })
  }, share)
}

function drawn(page: Page): Locator {
  return runsGrid(page).locator('tbody tr[aria-rowindex]')
}

/** Rows on the screen that are not loaded, and places without a row. */
function missingOnScreen(page: Page): Promise<number> {
  return runsGrid(page).evaluate((grid) => {
    const area = grid.parentElement?.getBoundingClientRect()
    const rows = [...grid.querySelectorAll('tbody tr[aria-rowindex]')]
    const places = rows.map((row) => row.getBoundingClientRect())
    if (!area || !places[0] || places[0].top > area.top + 31) return -1
    if ((places.at(-1)?.bottom ?? 0) < area.bottom - 1) return -1
    return rows.filter((row) => row.hasAttribute('aria-busy')).length
  })
}
