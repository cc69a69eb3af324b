import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { goTo } from './screens.ts'

test('[X122] [X123] two people on one host see each other and what the other changes, and overwrite nothing', async ({
  app,
}) => {
  const { workspace, run } = await failedRun(app)
  const ada = await app.open(workspace)
  const ben = await openBeside(app, ada)

  await test.step('each sees the other, by name', async () => {
    await callOneself(ada, 'Ada')
    await callOneself(ben, 'Ben')
    await ada.getByRole('button', { name: 'People: 2' }).click()
    const people = ada.getByRole('list', { name: 'Connected now' })
    await expect(people.getByRole('listitem')).toHaveText([/^Ada \(you\)/, /^Ben,/])
    await app.picture('1-people')
    await ada.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('what one pins, the other sees pinned', async () => {
    for (const page of [ada, ben]) await goTo(page, `#/run/${run}/state`)
    await ada.getByRole('button', { name: 'Pin: clean up leaves it alone' }).click()
    const pinned = ben.getByRole('button', { name: 'Pinned: clean up leaves it alone' })
    await expect(pinned).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('an edit that the other was quicker with is not made', async () => {
    await preview(ben, 'what Ben saw')
    await preview(ada, 'what Ada saw')
    await ada.getByRole('textbox', { name: 'Reason' }).fill('Seen at the bank.')
    await ada.getByRole('button', { name: 'Apply 1 edit' }).click()
    await expect(ada.getByText(/Edited and read back/)).toBeVisible()

    await expect(ben.getByText('The run changed since you staged these edits')).toBeVisible()
    await expect(ben.getByRole('region', { name: 'Staged edits' })).toContainText('what Ada saw')
    await expect(ben.getByRole('button', { name: 'Apply 1 edit' })).toBeDisabled()
  })

  await test.step('the operations say whose it was', async () => {
    await goTo(ben, '#/operations')
    await expect(ben.getByText(/^Ada via /).first()).toBeVisible()
  })
  await ben.context().close()
})

async function failedRun(app: App): Promise<{ workspace: string; run: string }> {
  const workspace = await app.workspace()
  const steps = { note: { run: 'exit 1' } }
  const inputs = { memo: { type: 'string', default: 'nothing' } }
  await writeFile(join(workspace, 'pay.yaml'), JSON.stringify({ name: 'pay', inputs, steps }))
  const started = await app.cli(['run', 'pay.yaml', '--trust'], { cwd: workspace })
  const [run = ''] = /pay-\S+/.exec(started.stdout) ?? []
  expect(run).not.toBe('')
  return { workspace, run }
}

/** Another browser with nothing of the first, at the same address. */
async function openBeside(app: App, page: Page): Promise<Page> {
  const [address = ''] = /https?:\/\/\S+#token=[^\s"]+/.exec(app.output()) ?? []
  const context = await page.context().browser()?.newContext()
  const other = await context?.newPage()
  if (other === undefined) throw new Error('The page is in no browser of its own.')
  await other.goto(address)
  return other
}

async function callOneself(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^People: / }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Done' }).click()
}

async function preview(page: Page, memo: string): Promise<void> {
  await page.getByRole('treeitem', { name: /^inputs\b/ }).click()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('treeitem', { name: /^memo\b/ }).click()
  await page.keyboard.press('F2')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(memo)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Preview…' }).click()
  await expect(page.getByRole('region', { name: 'Before and after' })).toContainText(memo)
}
