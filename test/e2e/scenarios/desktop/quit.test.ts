import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test, type App } from '../../harness/app.ts'
import { writeWaitingWorkflow } from '../workflows.ts'

test('closing the window asks what becomes of a live run, and it can be kept open', async ({
  app,
}) => {
  const { page, workspace } = await openWithLiveRun(app)

  await app.desktop().answerNext({ button: 'Do not quit' })
  await app.desktop().closeWindow()

  await expect(page.locator('body')).toBeVisible()
  expect(await app.desktop().isWindowVisible()).toBe(true)
  expect(await statusOf(app, workspace)).toBe('running')
  await app.desktop().answerNext({ button: 'Cancel the runs' })
  await app.desktop().closeWindow()
  expect(await app.desktop().ended).toBe(0)
})

test('a live run is cancelled before the application ends', async ({ app }) => {
  const { workspace } = await openWithLiveRun(app)

  await app.desktop().answerNext({ button: 'Cancel the runs' })
  await app.desktop().closeWindow()

  expect(await app.desktop().ended).toBe(0)
  expect(await statusOf(app, workspace)).toBe('cancelled')
})

test('a live run is paused when its step has ended, then the application ends', async ({ app }) => {
  const { workspace } = await openWithLiveRun(app)

  await app.desktop().answerNext({ button: 'Pause' })
  await app.desktop().closeWindow()
  await rm(join(workspace, 'hold'))

  expect(await app.desktop().ended).toBe(0)
  expect(await statusOf(app, workspace)).toBe('paused')
})

test('a live run goes on without a window, and the application ends with it', async ({ app }) => {
  const { workspace } = await openWithLiveRun(app)

  await app.desktop().answerNext({ button: 'Go on in the background' })
  await app.desktop().closeWindow()
  await expect.poll(() => app.desktop().isWindowVisible()).toBe(false)
  await rm(join(workspace, 'hold'))

  expect(await app.desktop().ended).toBe(0)
  expect(await statusOf(app, workspace)).toBe('completed')
})

/** A run that the application itself carries, begun by the page over its own pipe. */
async function openWithLiveRun(app: App): Promise<{ page: Page; workspace: string }> {
  const workspace = await app.workspace()
  const definition = await writeWaitingWorkflow(workspace)
  await app.cli(['trust', '--workspace', workspace])
  const page = await app.open(workspace)
  await page.evaluate((path) => {
    const { unstuck } = window as unknown as { unstuck: { send(frame: string): void } } // shown by the preload script
    const input = { definition: path, inputs: {} }
    unstuck.send(JSON.stringify({ kind: 'call', id: 1_000_000, name: 'run.start', input }))
  }, definition)
  await expect.poll(() => statusOf(app, workspace)).toBe('running')
  return { page, workspace }
}

async function statusOf(app: App, workspace: string): Promise<string | undefined> {
  const listed = await app.cli(['list', '--workspace', workspace, '--json'])
  const { rows } = listed.json() as { rows: readonly { format: string; status: string }[] } // the answer of run.list
  return rows.find((row) => row.status !== null)?.status
}
