import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '../harness/app.ts'
import { tabTo } from './hands.ts'
import { goTo, runRow } from './screens.ts'

const fixture = fileURLToPath(new URL('../../fixtures/integrity/I12', import.meta.url))
const sentence = 'The step deploy is succeeded, but still waits (time).'
const run = 'release-20260102t030405-ab12'

test('a finding of a run leads to its bytes, and to its value', async ({ app }) => {
  const workspace = await app.workspace()
  await cp(fixture, workspace, { recursive: true })
  const checked = await app.cli(['check', '--workspace', workspace, '--json'])
  expect(checked.code).toBe(4)
  expect(checked.json()).toMatchObject({
    items: [{ item: run, findings: [{ rule: 'I12', offset: 2185, line: 22, column: 238 }] }],
  })

  const page = await app.open(workspace)
  await test.step('the list counts it, and the check of all leads to its bytes by keyboard', async () => {
    await goTo(page, '#/runs/damaged')
    await expect(runRow(page, run)).toContainText('Its state contradicts itself')
    await goTo(page, '#/check')
    await tabTo(page, page.getByRole('button', { name: 'Check all' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('grid', { name: 'Rules that are broken' })).toContainText('I12')
    await app.picture('1-checked')
    await tabTo(page, page.getByRole('grid', { name: 'Findings' }))
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Bytes of the head').getByText(sentence)).toBeVisible()
  })
  await goTo(page, `#/run/${run}/timeline`)
  const findings = page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Findings')
  await findings.getByRole('button', { name: sentence }).click()
  await expect(page.getByRole('tab', { name: 'Raw' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByLabel('Bytes of the head').getByText(sentence)).toBeVisible()

  await findings.getByRole('button', { name: 'Show in State' }).click()
  await expect(page.getByRole('tab', { name: 'State' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('treeitem', { name: /waitingOn/, selected: true })).toBeVisible()
})
