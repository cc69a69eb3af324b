import type { Locator, Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { accessibilityProblems } from '../harness/axe.ts'
import { everyScreen, show } from './everyScreen.ts'
import { partOf, parts } from './parts.ts'
import { goTo, runsGrid } from './screens.ts'
import { stageInputs } from './stageEdit.ts'
import { findSubjects } from './views.ts'

for (const part of parts) {
  test(`[L160] [I100] axe finds nothing on any screen, and none asks anybody but its host (${part} of ${parts.length})`, async ({
    app,
  }) => {
    const workspace = await app.sample()
    const page = await app.open(workspace)
    const problems: string[] = []
    for (const screen of partOf(everyScreen(await findSubjects(app, workspace)), part)) {
      await test.step(screen.name, async () => {
        await show(page, screen)
        problems.push(...(await accessibilityProblems(page, screen.name)))
      })
    }
    expect(problems).toEqual([])
  })
}

test('[L160] axe finds nothing on what opens above a screen', async ({ app }) => {
  const workspace = await app.sample()
  const { failed, good } = await findSubjects(app, workspace)
  const page = await app.open(workspace)
  const problems: string[] = []
  const check = async (what: string) => {
    problems.push(...(await accessibilityProblems(page, what)))
  }
  const dialogIs = async (what: string, open: Locator) => {
    await open.click()
    await expect(dialog(page)).toBeVisible()
    await check(what)
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
  }

  await test.step('the list: peek, a selection, its dialog, the columns and a filter', async () => {
    await runsGrid(page).getByRole('gridcell', { name: 'Failed' }).first().click()
    await page.keyboard.press(' ')
    await expect(page.getByRole('heading', { name: /^Last error/ })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+a')
    await expect(page.getByRole('region', { name: 'Selected runs' })).toBeVisible()
    await check('peek and selection')
    await dialogIs('many runs', page.getByRole('button', { name: /^To the trash/ }))
    await dialogIs('the columns', page.getByRole('button', { name: 'Columns…' }))
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    await check('the filter that is written')
    await page.keyboard.press('Escape')
    await goTo(page, '#/runs/failed?text=load')
    await dialogIs('a view to keep', page.getByRole('button', { name: 'Save view…' }))
  })

  await test.step('the palette, the keys and trust', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(dialog(page).getByRole('option').first()).toBeVisible()
    await check('the palette')
    await page.keyboard.press('Escape')
    await dialogIs('the keys', page.getByRole('button', { name: 'Keys', exact: true }))
    await dialogIs('trust', page.getByRole('button', { name: 'Trust this workspace…' }))
  })

  await test.step('a run: its menu and dialogs, and those of a step', async () => {
    await goTo(page, `#/run/${failed}/state?step=load`)
    await expect(page.getByRole('tree', { name: 'State' })).toBeVisible()
    await page.getByRole('button', { name: 'More actions' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await check('the menu of a run')
    for (const action of ['Make a checkpoint…', 'Archive…']) {
      await dialogIs(action, page.getByRole('menuitem', { name: action }))
      await page.getByRole('button', { name: 'More actions' }).click()
    }
    await page.keyboard.press('Escape')
    await dialogIs('a step marked', page.getByRole('button', { name: 'Mark succeeded…' }))
  })

  await test.step('a comparison: its sides and its lists', async () => {
    await goTo(page, `#/compare?left=${good}&right=${failed}`)
    await dialogIs('a side', page.getByRole('button', { name: /^Before: run/ }))
    await dialogIs('keys of lists', page.getByRole('button', { name: 'Keys of lists…' }))
  })

  await test.step('a staged edit, its preview, and a conflict', async () => {
    await goTo(page, `#/run/${failed}/state`)
    await stageInputs(page, '{"database": "elsewhere"}')
    await check('the state with a staged edit')
    await page.getByRole('button', { name: 'Preview…' }).click()
    await expect(page.getByRole('region', { name: 'Staged edits' })).toBeVisible()
    await check('the preview of an edit')
    await editMeanwhile(app, workspace, failed)
    await expect(page.getByText('The run changed since you staged these edits')).toBeVisible()
    await check('a conflict')
  })
  expect(problems).toEqual([])
})

function dialog(page: Page): Locator {
  return page.getByRole('dialog').filter({ visible: true })
}

async function editMeanwhile(app: App, workspace: string, run: string): Promise<void> {
  const edit = ['edit', run, '--set', '/inputs/database="there"', '--reason', 'quicker', '--apply']
  const { code, stderr } = await app.cli([...edit, '--workspace', workspace])
  expect([code, stderr]).toEqual([0, ''])
}
