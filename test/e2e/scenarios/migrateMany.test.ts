import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type App } from '../harness/app.ts'
import { tabTo, useOnly } from './hands.ts'
import { listRuns } from './sampleRuns.ts'

const count = 200

test('200 documents of version 1, of which 3 cannot be migrated, by keyboard', async ({ app }) => {
  test.slow()
  const workspace = await makeWorkspace(app)
  const page = await app.open(workspace)
  const onlyKeys = await useOnly(page, 'keyboard')
  const press = async (control: Parameters<typeof tabTo>[1], key = 'Enter') => {
    await tabTo(page, control)
    await page.keyboard.press(key)
  }

  await test.step('the dry run counts them, and groups by cause what cannot be done', async () => {
    await press(page.getByRole('link', { name: 'Migrate' }))
    await expect(page.getByText('200 old documents: 200 of version 1.')).toBeVisible()
    const failures = page.getByRole('region', { name: 'What cannot be migrated' })
    await expect(failures.locator('summary')).toHaveText([
      /2 documents: It is no whole JSON/,
      /1 document: It does not fit the shape of its version/,
    ])
    await press(failures.locator('summary').first())
    await press(failures.getByRole('button', { name: nameOf(10) }))
    const sides = page.getByRole('region', { name: 'Before and after' })
    await expect(sides.getByRole('link', { name: 'Repair it…' })).toBeVisible()
    const steps = page.getByRole('region', { name: 'What each step changes' })
    await expect(steps).toContainText('no JSON')
    await app.picture('1-dry-run')
  })

  await test.step('the others are migrated, and each has its row', async () => {
    await press(page.getByRole('button', { name: 'Migrate 197 documents' }))
    const last = page.getByRole('region', { name: 'Last migration' })
    await expect(last).toContainText('Migrated: 197.', { timeout: 120_000 })
    await expect(last).toContainText('3 of 200 were not.')
    await expect(
      last
        .getByRole('list', { name: 'Outcome of last migration', exact: true })
        .getByRole('listitem'),
    ).toHaveCount(3)
    await app.picture('2-migrated')
  })

  await test.step('one is rolled back', async () => {
    const last = page.getByRole('region', { name: 'Last migration' })
    await press(last.locator('summary'))
    await press(last.getByRole('button', { name: `Roll back ${nameOf(0)}` }))
    await expect(page.getByRole('region', { name: 'Roll back', exact: true })).toContainText(
      'Rolled back: 1.',
    )
    await expect(last).toContainText('Migrated: 196.')
    expect(await readFile(join(workspace, nameOf(0)), 'utf8')).toBe(documentOf(0))
  })

  await test.step('one goes on by a definition that is named, its step under another name', async () => {
    await page.evaluate((hash) => location.assign(hash), `#/resume/${idOf(1)}`)
    const recorded = page.getByRole('radio', { name: 'As recorded' })
    await press(recorded, 'ArrowDown')
    await tabTo(page, page.getByRole('textbox', { name: 'Definition file' }))
    await page.keyboard.type('deploy.json')
    await press(page.getByRole('button', { name: 'Map it as proposed' }))
    const resume = page.getByRole('button', { name: 'Resume run' })
    await expect(resume).toBeEnabled()
    await app.picture('3-resume')
    await press(resume)
    await expect
      .poll(async () => (await listRuns(app, workspace)).find(({ id }) => id === idOf(1))?.status)
      .toBe('completed')
    expect(await readFile(join(workspace, 'done'), 'utf8')).toBe('database\n')
  })
  await test.step('[L311] three go over to it together by one mapping, and keep what ran under the new name', async () => {
    const ids = [2, 3, 4].map(idOf)
    await page.evaluate((hash) => location.assign(hash), `#/edit?runs=${ids.join(',')}`)
    await expect(page.getByRole('heading', { name: 'Edit 3 runs' })).toBeVisible()
    await tabTo(page, page.getByRole('combobox', { name: 'What' }))
    await page.keyboard.press('End')
    await tabTo(page, page.getByRole('textbox', { name: 'Definition file' }))
    await page.keyboard.type('deploy.json')
    await expect(page.getByRole('list', { name: 'What cannot be edited' })).toContainText('Map it.')
    await press(page.getByRole('button', { name: 'Map as proposed' }))
    await expect(page.getByRole('combobox', { name: 'migrate (3 runs) is now' })).toHaveValue(
      'database',
    )
    await tabTo(page, page.getByRole('textbox', { name: 'Reason' }))
    await page.keyboard.type('renamed in release 7')
    await app.picture('4-go-over')
    await press(page.getByRole('button', { name: 'Edit 3 runs' }))
    await expect(page.getByRole('region', { name: 'Edit', exact: true })).toContainText(
      'The edit was made and read back.',
    )
    for (const id of ids) {
      const shown = await app.cli(['show', id, '--workspace', workspace, '--json'])
      expect(shown.stdout).toContain('"database"')
      expect(shown.stdout).toContain('timeout')
    }
  })
  await onlyKeys()
})

function idOf(number: number): string {
  return `deploy-${String(number).padStart(3, '0')}`
}

function nameOf(number: number): string {
  return `runs/${idOf(number)}.json`
}

function time(second: number): string {
  return `2025-01-02T10:15:${String(second).padStart(2, '0')}Z`
}

function documentOf(number: number): string {
  const text = JSON.stringify({
    workflow_id: idOf(number),
    workflow_name: 'deploy',
    status: number === 30 ? 'blessed' : 'failed',
    started_at: time(0),
    updated_at: time(9),
    states: {
      build: { status: 'completed', output: 'ok', started_at: time(1), completed_at: time(2) },
      migrate: { status: 'failed', error: 'timeout', started_at: time(3), completed_at: time(9) },
    },
  })
  return number === 10 || number === 20 ? text.slice(0, -40) : text
}

async function makeWorkspace(app: App): Promise<string> {
  const workspace = await app.workspace()
  await mkdir(join(workspace, 'runs'))
  const numbers = Array.from({ length: count }, (_, number) => number)
  await Promise.all(
    numbers.map((number) => writeFile(join(workspace, nameOf(number)), documentOf(number))),
  )
  const steps = {
    build: { run: 'echo build >> done' },
    database: { run: 'echo database >> done', needs: ['build'] },
  }
  await writeFile(join(workspace, 'deploy.json'), JSON.stringify({ name: 'deploy', steps }))
  const other = join(app.folder, 'other.json')
  await writeFile(other, JSON.stringify({ name: 'other', steps: { a: { run: 'true' } } }))
  const run = await app.cli(['run', other, '--workspace', workspace, '--trust'])
  expect(run.code, run.stderr).toBe(0)
  return workspace
}
