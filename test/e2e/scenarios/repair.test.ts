import { appendFile, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type App } from '../harness/app.ts'
import { findRun, isBroken, type ListedRun } from './sampleRuns.ts'
import { goTo, openRun, runRow, runsGrid } from './screens.ts'

test('a damaged head is repaired from its journal by click, and the repair is undone', async ({
  app,
}) => {
  const workspace = await app.sample()
  const { id, ref } = await findRun(app, workspace, isBroken)
  const head = join(workspace, `runs/${await dayOf(app, workspace, ref.document)}/${id}.json`)
  const damaged = await readFile(head, 'utf8')
  const page = await app.open(workspace)

  await test.step('the list and the run say that it is damaged', async () => {
    await expect(runRow(page, id)).toContainText(/damaged/i)
    await openRun(page, id)
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(/damaged/i)
    await app.picture('1-damaged')
  })

  await test.step('the plan shows source, fixes and the proposed document', async () => {
    await goTo(page, `#/repair/${id}`)
    await expect(page.getByRole('heading', { name: `Repair ${id}` })).toBeVisible()
    await expect(page.getByRole('radio', { name: /journal/i })).toBeChecked()
    await expect(page.getByRole('region', { name: 'What would be written' })).toContainText(
      '"format": "unstuck"',
    )
    expect(await readFile(head, 'utf8'), 'a plan writes nothing').toBe(damaged)
    await app.picture('2-plan')
  })

  await test.step('applied, it is read back without a finding', async () => {
    await page.getByRole('button', { name: 'Apply repair' }).click()
    await page.getByRole('button', { name: 'Repair it' }).click()
    await expect(page.getByText('0 findings remain')).toBeVisible()
    await app.picture('3-repaired')
    const checked = await app.cli(['check', id, '--workspace', workspace, '--json'])
    expect(checked.code, checked.stdout).toBe(0)
  })

  await test.step('undone, the damaged bytes are back', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Undone and read back')).toBeVisible()
    expect(await readFile(head, 'utf8')).toBe(damaged)
    await app.picture('4-undone')
  })
})

test('[L203] damaged runs are repaired together: the first alone, then the others, and all is undone', async ({
  app,
}) => {
  const workspace = await app.sample()
  const whole = await findRun(app, workspace, isWhole)
  const folder = join(workspace, 'runs', await dayOf(app, workspace, whole.ref.document))
  const head = join(folder, `${whole.id}.json`)
  await truncate(head, Math.floor((await stat(head)).size / 2))
  const damaged = await readFile(head)
  const page = await app.open(workspace)
  await goTo(page, '#/runs/damaged')
  await expect(runRow(page, whole.id)).toBeVisible()
  await runsGrid(page).focus()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: /^Repair \d/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('grid', { name: 'What would be done' })).toContainText('loses')
  await app.picture('1-many')

  await dialog.getByRole('button', { name: /^Repair: / }).click()
  await expect(dialog.getByText('1 run was repaired and read back.')).toBeVisible()
  await expect(dialog.getByText('not touched yet')).toBeVisible()
  await app.picture('2-first')
  await dialog.getByRole('button', { name: /^Repair the other/ }).click()
  await expect(dialog.getByText(/\d+ runs were repaired and read back/)).toBeVisible()
  expect(await readFile(head)).not.toEqual(damaged)

  await dialog.getByRole('button', { name: 'Undo the repairs' }).click()
  await expect(dialog.getByText(/were put back/)).toBeVisible()
  expect(await readFile(head)).toEqual(damaged)
})

test('the same by command line', { tag: '@command-line' }, async ({ app }) => {
  const workspace = await app.sample()
  const { id, ref } = await findRun(app, workspace, isBroken)
  const head = join(workspace, `runs/${await dayOf(app, workspace, ref.document)}/${id}.json`)
  const damaged = await readFile(head, 'utf8')
  const repair = (...args: string[]) =>
    app.cli(['repair', id, ...args, '--workspace', workspace, '--json'])

  const plan = (await repair('--plan')).json() as { plan: { ready: boolean; source: string } }
  expect(plan.plan).toMatchObject({ ready: true, source: 'journal' })
  expect(await readFile(head, 'utf8')).toBe(damaged)

  const applied = await repair('--apply')
  expect(applied.code, applied.stdout).toBe(0)
  const { backup, findings } = applied.json() as { backup: string; findings: unknown[] }
  expect(findings).toEqual([])

  expect((await repair('--undo', backup)).code).toBe(0)
  expect(await readFile(head, 'utf8')).toBe(damaged)
  const again = await app.cli(['check', id, '--workspace', workspace])
  expect(again.code, 'damaged again').toBe(4)
})

test('a torn journal and a half-written head are repaired by keyboard alone, and the repair is undone', async ({
  app,
}) => {
  const workspace = await app.sample()
  const { id, ref } = await findRun(app, workspace, isWhole)
  const folder = join(workspace, 'runs', await dayOf(app, workspace, ref.document))
  const [head, journal] = [join(folder, `${id}.json`), join(folder, `${id}.jsonl`)]
  await appendFile(journal, '{"seq":99,"at":"2026-01')
  await truncate(head, Math.floor((await stat(head)).size / 2))
  const damaged = [await readFile(head), await readFile(journal)]
  const page = await app.open(workspace)
  await goTo(page, `#/repair/${id}`)
  await expect(page.getByRole('region', { name: 'Fixes', exact: true })).toBeVisible()

  await test.step('j goes over the fixes, and the bytes follow', async () => {
    await page.keyboard.press('j')
    const boxes = page.getByRole('region', { name: 'Fixes', exact: true }).getByRole('checkbox')
    await expect(boxes.first()).toBeFocused()
    await expect(page.getByRole('tab', { name: /Journal/ })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    // The very bytes of the torn line are marked, and looked at; the map has them too.
    const torn = page.getByRole('region', { name: 'Bytes of the journal' }).locator('[data-kind]')
    await expect(torn.filter({ hasText: '{"seq":99' })).toHaveAttribute('data-chosen', 'true')
    const map = page.getByRole('group', { name: 'Damage in the whole file' })
    await expect(map.getByRole('button')).toHaveCount(1)
    await page.keyboard.press('j')
    await expect(boxes.nth(1)).toBeFocused()
    await expect(page.getByRole('tab', { name: /Head/ })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('table', { name: 'What each source holds' })).toBeVisible()
    await app.picture('1-fixes')
  })

  await test.step('Space rejects a fix that cannot be left out, which is said, and takes it back', async () => {
    await page.keyboard.press('Space')
    await expect(page.getByRole('list', { name: 'What forbids this repair' })).toContainText(
      'without this fix: The head is written anew',
    )
    await page.keyboard.press('Space')
    await expect(page.getByRole('list', { name: 'What forbids this repair' })).toBeHidden()
  })

  await test.step('Enter asks, and repairs', async () => {
    await expect(page.getByRole('button', { name: 'Apply repair' })).toBeEnabled()
    await page.keyboard.press('Enter')
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Repair it' })
    await confirm.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('0 findings remain')).toBeVisible()
    await expect(page.getByText('evidence.tar.zst')).toBeVisible()
    const checked = await app.cli(['check', id, '--workspace', workspace, '--json'])
    expect(checked.code, checked.stdout).toBe(0)
    await app.picture('2-repaired')
  })

  await test.step('u undoes it', async () => {
    await page.keyboard.press('u')
    await expect(page.getByText('Undone and read back')).toBeVisible()
    expect([await readFile(head), await readFile(journal)]).toEqual(damaged)
  })
})

/** The UTC day that a run's files lie under, as its files say. */
async function dayOf(app: App, workspace: string, run: string): Promise<string> {
  const shown = await app.cli(['show', run, '--workspace', workspace, '--json'])
  const { files } = shown.json() as { files: readonly { path: string }[] } // the answer of run.get
  return files[0]?.path.split('/')[1] ?? ''
}

function isWhole({ status, health }: ListedRun): boolean {
  return status === 'completed' && health === 'ok'
}
