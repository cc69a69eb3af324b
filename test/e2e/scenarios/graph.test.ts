import type { Locator, Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { goTo } from './screens.ts'
import { writeBranchingWorkflow, writeLargeWorkflow } from './workflows.ts'

test('the graph of a stuck run is walked by keyboard and by mouse, with one selection everywhere', async ({
  app,
}) => {
  const page = await openStuck(app)

  await test.step('it says where the run stands, and what has not begun', async () => {
    await expect(nodes(page)).toHaveCount(9)
    await expect(page.getByRole('navigation', { name: 'Where the run stands' })).toContainText(
      /prepare.*right-1.*slow/,
    )
    await expect(node(page, 'slow')).toHaveAttribute('data-path', 'true')
    await expect(node(page, 'finish')).toHaveAttribute('data-begun', 'false')
    await app.picture('1-graph')
  })

  await test.step('arrow keys go along what needs what, and the address and the list follow', async () => {
    await graph(page).focus()
    await page.keyboard.press('Home')
    await expect(selected(page)).toHaveAccessibleName(/^prepare /)
    await page.keyboard.press('ArrowDown')
    await expect(selected(page)).toHaveAccessibleName(/^(left|right)-1 /)
    await node(page, 'right-1').click()
    await graph(page).focus()
    await page.keyboard.press('ArrowDown')
    await expect(selected(page)).toHaveAccessibleName(/^slow /)
    await expect(page).toHaveURL(/\/graph\?step=slow$/)
    const steps = page.getByRole('navigation', { name: 'Steps' })
    await expect(steps.getByRole('button', { name: /^slow/ })).toHaveAttribute(
      'aria-current',
      'true',
    )
  })

  await test.step('the same step is selected on the timeline, and the next key goes on from it', async () => {
    await page.getByRole('tab', { name: 'Timeline' }).click()
    const timeline = page.getByRole('listbox', { name: /^Timeline/ })
    const line = timeline.getByRole('option', { selected: true })
    await expect(line).toContainText('slow')
    await timeline.focus()
    await page.keyboard.press('ArrowDown')
    await expect(line).not.toContainText('slow')
    await timeline.getByRole('option', { name: /^slow/ }).click()
    await page.getByRole('tab', { name: 'Graph' }).click()
    await expect(selected(page)).toHaveAccessibleName(/^slow /)
  })

  await test.step('what is looked for stands out, as a drawing and as a list', async () => {
    const bar = page.getByRole('tabpanel')
    await bar.getByRole('searchbox', { name: 'Find a step' }).fill('left')
    await expect(page.locator('[data-dim="false"][role="option"]')).toHaveCount(3)
    await page.keyboard.press('Enter')
    await expect(selected(page)).toHaveAccessibleName(/^left-1 /)
    await page.getByRole('button', { name: 'As a list' }).click()
    const list = page.getByRole('grid', { name: 'Steps and what they need' })
    await expect(list.getByRole('row', { name: /left-2/ }).first()).toContainText('left-1')
    await app.picture('2-list')
    await page.getByRole('button', { name: 'As a drawing' }).click()
  })

  await test.step('Enter opens the log of the step', async () => {
    await graph(page).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name: 'Logs' })).toHaveAttribute('aria-selected', 'true')
    await expect(page).toHaveURL(/\/logs\?step=left-1$/)
  })
})

test('the graph of 2,000 steps is laid out beside the page, and only what is seen is drawn', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = await writeLargeWorkflow(workspace, 2_000)
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const run = await carrier.until(/Started (\S+)/)
  await carrier.until(/approve/)
  const page = await app.open(workspace)
  await goTo(page, `#/run/${run}/graph`)

  await test.step('it is drawn, simply where a good layout takes too long', async () => {
    await expect(nodes(page).first()).toBeVisible({ timeout: 60_000 })
    await expect(nodes(page).first()).toHaveAttribute('aria-setsize', '2000')
    expect(await nodes(page).count()).toBeLessThan(120)
  })

  await test.step('by keyboard to its last step and back', async () => {
    await graph(page).focus()
    await page.keyboard.press('End')
    await expect(selected(page)).toHaveAttribute('aria-posinset', '2000')
    await expect(selected(page)).toBeInViewport()
    await page.keyboard.press('ArrowUp')
    await expect(selected(page)).not.toHaveAttribute('aria-posinset', '2000')
    await page.keyboard.press('Home')
    await expect(selected(page)).toHaveAttribute('aria-posinset', '1')
  })

  await test.step('all of it fits, and a step that is looked for is found', async () => {
    await page.keyboard.press('f')
    await expect(nodes(page)).toHaveCount(1)
    await app.picture('all')
    await page.getByRole('tabpanel').getByRole('searchbox', { name: 'Find a step' }).fill('s-1500')
    await page.keyboard.press('Enter')
    await expect(selected(page)).toHaveAccessibleName(/^s-1500 /)
    await graph(page).focus()
    await page.keyboard.press('0')
    await expect(selected(page)).toBeInViewport()
    await expect(page.getByRole('button', { name: /^s-1500/ })).toHaveAttribute(
      'aria-current',
      'true',
    )
  })
})

async function openStuck(app: App): Promise<Page> {
  const workspace = await app.workspace()
  const file = await writeBranchingWorkflow(workspace)
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const run = await carrier.until(/Started (\S+)/)
  await carrier.until(/slow started/)
  await carrier.until(/left-3 succeeded/)
  carrier.child.kill('SIGKILL')
  await carrier.ended
  const page = await app.open(workspace)
  await goTo(page, `#/run/${run}/graph`)
  await expect(graph(page)).toBeVisible()
  return page
}

function graph(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Graph' })
}

function nodes(page: Page): Locator {
  return graph(page).getByRole('option')
}

function node(page: Page, step: string): Locator {
  return graph(page).getByRole('option', { name: new RegExp(`^${step}\\b`) })
}

function selected(page: Page): Locator {
  return graph(page).getByRole('option', { selected: true })
}
