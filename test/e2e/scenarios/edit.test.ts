import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, type App } from '../harness/app.ts'
import { openRun } from './screens.ts'

test('one value is edited with a preview by keyboard alone, and undone', async ({ app }) => {
  const { workspace, run } = await failedPayment(app)
  const page = await app.open(workspace)
  await openState(page, run)

  await goTo(page, ['inputs', 'amount'])
  await page.keyboard.press('F2')
  const value = page.getByRole('textbox', { name: 'New value of /inputs/amount' })
  await expect(value).toBeFocused()
  await page.keyboard.type('9007199254740993')
  await expect(page.getByText('would become 9007199254740992')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('42')
  await app.picture('1-in-place')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tree', { name: 'State' })).toBeFocused()
  await expect(page.getByRole('treeitem', { name: /amount.*→ 42/ })).toBeVisible()
  await expect(page.getByText('1 staged edit.')).toBeVisible()
  await app.picture('2-staged')

  await tabTo(page, 'Preview…')
  await page.keyboard.press('Enter')
  const changes = page.getByRole('region', { name: 'Before and after' })
  await expect(changes).toContainText('/inputs/amount')
  await expect(page.getByRole('button', { name: 'Apply 1 edit' })).toBeDisabled()
  await tabTo(page, 'Reason', 'textbox')
  await page.keyboard.type('The bill says 42.')
  await app.picture('3-preview')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Edited and read back/)).toBeVisible()
  expect(await inputs(app, workspace, run)).toEqual({ amount: 42, currency: 'EUR' })
  await app.picture('4-applied')

  await tabTo(page, 'Undo')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Undone and read back/)).toBeVisible()
  expect(await inputs(app, workspace, run)).toEqual({ amount: 12, currency: 'EUR' })
})

test('an input that does not fit is refused in its place, and a step is marked from the palette', async ({
  app,
}) => {
  const { workspace, run } = await failedPayment(app)
  const page = await app.open(workspace)
  await openState(page, run)

  await goTo(page, ['inputs', 'currency'])
  await page.getByRole('button', { name: 'Edit as text' }).click()
  const editor = page.getByRole('textbox', { name: 'Value of /inputs/currency' })
  await expect(editor).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('"GBP"')
  await expect(page.getByText(/Line 1, column 1: This input: expected one of/)).toBeVisible()
  await app.picture('5-editor')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText(/1 staged edit.*expected one of EUR, USD/)).toBeVisible()

  await page.getByRole('button', { name: /^charge/ }).click()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('mark succeeded')
  const action = page.getByRole('option', { name: /Mark the step succeeded/ })
  await expect(action).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Mark charge succeeded' })
  await expect(dialog.getByRole('textbox', { name: 'Output of charge' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('{"id": 7')
  await app.picture('6-step')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Preview…' }).click()
  await expect(page.getByRole('region', { name: 'Staged edits' })).toContainText('What forbids it')
  await app.picture('7-refused')
  await page.getByRole('button', { name: 'Take back: Set /inputs/currency' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('Seen at the bank.')
  await page.getByRole('button', { name: 'Apply 1 edit' }).click()
  await expect(page.getByText(/Edited and read back/)).toBeVisible()
})

test('a run that changed meanwhile is a screen, not a lost update', async ({ app }) => {
  const { workspace, run } = await failedPayment(app)
  const page = await app.open(workspace)
  await openState(page, run)
  await goTo(page, ['inputs', 'amount'])
  await page.keyboard.press('F2')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('42')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Preview…' }).click()
  await expect(page.getByRole('region', { name: 'Before and after' })).toBeVisible()

  const other = ['edit', run, '--set', '/inputs/amount=15', '--reason', 'quicker', '--apply']
  expect((await app.cli([...other, '--workspace', workspace])).code).toBe(0)
  await expect(page.getByText('The run changed since you staged these edits')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Staged edits' })).toContainText(
    '/inputs/amount was 12 and is 15 now.',
  )
  await app.picture('8-conflict')
  await expect(page.getByRole('button', { name: 'Apply 1 edit' })).toBeDisabled()
  expect(await inputs(app, workspace, run)).toMatchObject({ amount: 15 })

  await page.getByRole('button', { name: 'Edit the run as it is all the same' }).click()
  await expect(page.getByRole('region', { name: 'Before and after' })).toContainText('15')
  await page.getByRole('textbox', { name: 'Reason' }).fill('Looked at again.')
  await page.getByRole('button', { name: 'Apply 1 edit' }).click()
  await expect(page.getByText(/Edited and read back/)).toBeVisible()
  expect(await inputs(app, workspace, run)).toMatchObject({ amount: 42 })
})

test('one value is edited in several runs, each with its own before and after', async ({ app }) => {
  const { workspace, run } = await failedPayment(app)
  const started = await app.cli(['run', 'pay.yaml', '--input', 'amount=7', '--trust'], {
    cwd: workspace,
  })
  const [other = ''] = /pay-\S+/.exec(started.stdout) ?? []
  const page = await app.open(workspace)
  await page.evaluate((runs) => void (location.hash = `#/edit?runs=${runs}`), `${run},${other}`)

  await page.getByRole('textbox', { name: 'Path' }).fill('/inputs/amount')
  await page.getByRole('textbox', { name: 'Value (JSON)' }).fill('7')
  await expect(page.getByText('1 would be edited, 1 are so already, 0 cannot be')).toBeVisible()
  await page.getByRole('textbox', { name: 'Reason' }).fill('The same bill.')
  await app.picture('9-many')
  await page.getByRole('button', { name: 'Edit 1 run' }).click()
  await expect(page.getByText('The edit was made and read back.')).toBeVisible()
  expect(await inputs(app, workspace, run)).toMatchObject({ amount: 7 })
})

/** A run with typed inputs whose payment failed. */
async function failedPayment(app: App): Promise<{ workspace: string; run: string }> {
  const workspace = await app.workspace()
  await writeFile(join(workspace, 'pay.yaml'), JSON.stringify(payment))
  const started = await app.cli(['run', 'pay.yaml', '--input', 'amount=12', '--trust'], {
    cwd: workspace,
  })
  const [run = ''] = /pay-\S+/.exec(started.stdout) ?? []
  expect(run).not.toBe('')
  return { workspace, run }
}

const payment = {
  name: 'pay',
  inputs: {
    amount: { type: 'integer', minimum: 1 },
    currency: { type: 'choice', options: ['EUR', 'USD'], default: 'EUR' },
  },
  steps: {
    read: { run: 'echo read', sideEffects: 'none' },
    charge: { command: ['false', '${{ inputs.amount }}'], needs: ['read'] },
    mail: { run: 'echo mail', needs: ['charge'], when: 'steps.charge.output != null' },
  },
}

async function openState(page: Page, run: string): Promise<void> {
  await openRun(page, run)
  await page.getByRole('tab', { name: 'State' }).click()
  await page.getByRole('tree', { name: 'State' }).focus()
}

/** Down the tree by its keys: each name is gone to and opened. */
async function goTo(page: Page, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const item = page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
    const isThere = async () =>
      (await item.getAttribute('aria-selected').catch(() => null)) === 'true'
    while (!(await isThere())) await page.keyboard.press('ArrowDown')
    if (index < names.length - 1) {
      await page.keyboard.press('ArrowRight')
      await expect(item).toHaveAttribute('aria-expanded', 'true')
      await expect(page.getByRole('treeitem', { level: index + 2 }).first()).toBeVisible()
    }
  }
}

async function tabTo(page: Page, name: string, role: 'button' | 'textbox' = 'button') {
  const control = page.getByRole(role, { name, exact: true })
  await expect(control).toBeVisible()
  const isThere = () => control.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 80 && !(await isThere()); presses += 1)
    await page.keyboard.press('Tab')
  await expect(control).toBeFocused()
}

async function inputs(app: App, workspace: string, run: string): Promise<unknown> {
  const shown = await app.cli(['show', run, '--value', '/inputs', '--workspace', workspace])
  return JSON.parse(shown.stdout)
}
