import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { expect, test, type App } from '../harness/app.ts'
import { takeWire, type Wire, type WireError } from '../harness/wire.ts'
import { partOf, parts } from './parts.ts'
import { goTo } from './screens.ts'
import {
  emptyViews,
  emptyViewsOf,
  emptyViewsOfLarge,
  findSubjects,
  viewsOf,
  type EmptyView,
  type View,
} from './views.ts'
import { writeLargeWorkflow } from './workflows.ts'

/** What a disk that fails says of itself. */
const broken: WireError = {
  code: 'io',
  message: 'The disk failed while reading (EIO: i/o error, read). Check it, then try again.',
  details: { code: 'EIO', path: 'runs' },
}

// The wire is held in the browser: what carries the frames in the desktop application cannot be held from outside.
for (const part of parts) {
  test(`[L161] [L162] every view says that it is being read, what failed, and is there when it is tried again (${part} of ${parts.length})`, async ({
    app,
  }) => {
    const workspace = await app.sample()
    const large = await startLarge(app, workspace)
    const views = viewsOf(await findSubjects(app, workspace), large)
    const page = await app.open(workspace)
    const wire = await takeWire(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const view of partOf(views, part))
      await test.step(view.name, () => seeStates(page, view, { app, wire }))
  })
}

test('[L163] a view with nothing in it says so', async ({ app }) => {
  const sample = await app.sample()
  const subjects = await findSubjects(app, sample)
  const large = await startLarge(app, sample)
  await look(await app.open(await app.workspace('Empty')), emptyViews)
  await look(await app.open(sample), emptyViewsOf(subjects))
  await test.step('no logs, no history, no bytes', async () => {
    await truncate(await journalOf(app, sample, large))
    await look(await app.open(sample), emptyViewsOfLarge(large))
  })
  await test.step('[X89] [B67] a history is read while its run is, and goes on being read', async () => {
    const page = await app.open(sample)
    const wire = await takeWire(page)
    wire.hold('run.get')
    await openAnew(page, `#/run/${subjects.failed}/timeline`)
    const history = page.getByRole('grid', { name: 'Journal' })
    await history.getByRole('row').nth(1).click()
    await expect(
      page.getByText('As the list has it. The whole journal is being checked…'),
    ).toBeVisible()
    wire.letGo()
    await expect(page.getByText('The whole journal is being checked…')).toBeHidden()
    await expect(page.getByRole('tab', { name: 'History', selected: true })).toBeVisible()
    await expect(history).toBeVisible()
  })

  async function look(page: Page, views: readonly EmptyView[]): Promise<void> {
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const { name, hash, shows, act } of views) {
      await goTo(page, hash)
      await act?.(page)
      await expect(shows(page)).toBeVisible()
      await app.picture(`${name}-empty`)
    }
  }
})

/** It is read, that fails, and it is read again. */
async function seeStates(page: Page, view: View, { app, wire }: Seen): Promise<void> {
  const { name, hash, calls, waits, shows, act } = view
  wire.hold(...calls)
  await openAnew(page, hash)
  await act?.(page)
  await expect(says(page, waits)).toBeVisible()
  await app.picture(`${name}-loading`)

  wire.fail(broken, ...calls)
  await says(page, broken.message).scrollIntoViewIfNeeded()
  const retry = page.getByRole('button', { name: 'Try again' }).first()
  await expect(retry).toBeVisible()
  await app.picture(`${name}-failed`)

  wire.letGo()
  // What looks again by itself now and then may be there before the press.
  await expect(async () => {
    if (await retry.isVisible()) await retry.click({ timeout: 2000 })
    await expect(shows(page)).toBeVisible({ timeout: 10_000 })
  }).toPass()
  await app.picture(`${name}-ready`)
  await page.keyboard.press('Escape')
}

type Seen = { readonly app: App; readonly wire: Wire }

/** The last place where this stands: what is around the view may say it too. */
function says(page: Page, words: string) {
  return page.getByText(words).filter({ visible: true }).last()
}

/** With nothing kept from before. */
async function openAnew(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => history.replaceState(null, '', to), hash)
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
}

/** A run of more steps than are read at once, of which none has begun: it waits at its first gate, and its process is gone. */
async function startLarge(app: App, workspace: string): Promise<string> {
  const file = await writeLargeWorkflow(workspace, 260)
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const run = await carrier.until(/Started (\S+)/)
  await carrier.until(/approve/)
  carrier.child.kill('SIGKILL')
  await carrier.ended
  return run
}

async function journalOf(app: App, workspace: string, run: string): Promise<string> {
  const shown = await app.cli(['show', run, '--workspace', workspace, '--json'])
  const { files } = shown.json() as Pick<RunDetail, 'files'> // the answer of run.get
  const journal = files.find(({ kind }) => kind === 'journal')
  if (journal === undefined) throw new Error(`Run ${run} has no journal: ${shown.stdout}`)
  return join(workspace, journal.path)
}
