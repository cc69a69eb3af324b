import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeReadOnly } from '../harness/readOnly.ts'
import { expect, test, type App } from '../harness/app.ts'
import { goTo, openRun, runRow, runsGrid } from './screens.ts'
import { writeShortWorkflow, writeWaitingWorkflow } from './workflows.ts'

type Failure = { readonly error: { readonly code: string; readonly message: string } }

test('a definition that is broken, misses a dependency or turns in a circle is refused with its place', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const refused = async (name: string, text: string) => {
    const file = join(workspace, name)
    await writeFile(file, text)
    const result = await app.cli(['run', file, '--workspace', workspace, '--trust', '--json'])
    expect(result.code, result.stdout).toBe(2)
    return (result.json() as Failure).error
  }

  const broken = await refused('broken.yaml', 'name: x\nsteps:\n  a: { run: "unclosed }\n')
  expect(broken.message).toMatch(/broken\.yaml:\d+:\d+/)
  const missing = await refused(
    'missing.yaml',
    'name: x\nsteps:\n  build: { run: "true" }\n  ship: { run: "true", needs: [biuld] }\n',
  )
  expect(missing.message).toMatch(/missing\.yaml:4:\d+.*biuld.*build/s)
  const circle = await refused(
    'circle.yaml',
    'name: x\nsteps:\n  a: { run: "true", needs: [b] }\n  b: { run: "true", needs: [a] }\n',
  )
  expect(circle.message).toMatch(/a -> b -> a|b -> a -> b/)
  const listed = await app.cli(['list', '--workspace', workspace, '--json'])
  expect(listed.json()).toMatchObject({ total: 0 })
})

test('an unknown run is not found, on the command line and on the screen', async ({ app }) => {
  const workspace = await app.workspace()
  const shown = await app.cli(['show', 'no-such-run', '--workspace', workspace, '--json'])
  expect(shown.code).toBe(3)
  expect((shown.json() as Failure).error.code).toBe('not-found')

  const page = await app.open(workspace)
  await goTo(page, '#/run/no-such-run')
  await expect(page.getByRole('alert')).toContainText('no-such-run')
  await app.picture('not-found')
})

test('a workspace that cannot be written opens read-only, and says so', async ({ app }) => {
  const workspace = await app.sample()
  const made = await makeReadOnly(workspace)
  test.skip(
    'problem' in made,
    `this machine cannot make a folder read-only: ${JSON.stringify(made)}`,
  )
  if ('problem' in made) return
  try {
    const page = await app.open(workspace)
    await expect(runsGrid(page).getByRole('row').first()).toBeVisible()
    await expect(page.getByText(/read-only/i).first()).toBeVisible()
    await app.picture('read-only')
    const applied = await app.cli(['migrate', '--apply', '--workspace', workspace, '--json'])
    expect(applied.stdout).toMatch(/read-only|cannot be written/i)
    expect(applied.code).not.toBe(0)
  } finally {
    await app.close()
    await made.undo()
  }
})

test('a file instead of a folder is opened as a document', async ({ app }) => {
  const workspace = await app.sample()
  const page = await app.open(join(workspace, 'runs/etl-7.json'))
  await expect(runsGrid(page).getByRole('row').filter({ hasText: 'etl-7' })).toBeVisible()
  await expect(runsGrid(page).getByRole('row')).toHaveCount(2)
})

test('a run that another process holds is left to it', async ({ app }) => {
  const workspace = await app.workspace()
  const file = await writeWaitingWorkflow(workspace)
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const run = await carrier.until(/Started (\S+)/)
  const resumed = await app.cli(['resume', run, '--yes', '--workspace', workspace, '--json'])
  expect(resumed.code, resumed.stdout).toBe(5)

  const page = await app.open(workspace)
  await expect(runRow(page, run)).toContainText(/running/i)
  await openRun(page, run)
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(
    /hold has run for.*Carried by process/s,
  )
  await app.picture('held')
  await app.cli(['cancel', run, '--workspace', workspace])
  await carrier.ended
})

test('a document of version 99 is refused and left as it is', async ({ app }) => {
  const workspace = await app.workspace()
  const file = join(workspace, 'runs/2026-01-01/future.json')
  const text = '{ "format": "unstuck", "version": 99, "run": { "id": "future" } }\n'
  await mkdir(join(workspace, 'runs/2026-01-01'), { recursive: true })
  await writeFile(file, text)

  expect(await codesOf(app, workspace, 'future')).toEqual({ resume: 7, repair: 7 })
  const page = await app.open(workspace)
  await expect(runRow(page, 'future')).toContainText(/newer version/i)
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('an untrusted workspace executes nothing until it is trusted', async ({ app }) => {
  const workspace = await app.workspace()
  const file = await writeShortWorkflow(workspace)
  const refused = await app.cli(['run', file, '--workspace', workspace])
  expect(refused.code).toBe(2)
  expect(refused.stderr).toMatch(/trust/i)

  const page = await app.open(workspace)
  await page.getByRole('button', { name: 'Trust this workspace…' }).click()
  await app.picture('trust')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Trust/ }).click()
  await expect(dialog).toBeHidden()
  const allowed = await app.cli(['run', file, '--workspace', workspace])
  expect(allowed.code, allowed.stderr).toBe(0)
})

async function codesOf(app: App, workspace: string, run: string) {
  const resume = await app.cli(['resume', run, '--plan', '--workspace', workspace])
  const repair = await app.cli(['repair', run, '--plan', '--workspace', workspace])
  return { resume: resume.code, repair: repair.code }
}
