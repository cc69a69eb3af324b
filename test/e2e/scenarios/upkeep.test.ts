import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { formatBytes } from '../../../renderer/ui/formatBytes.ts'
import { expect, test, type App } from '../harness/app.ts'
import { findRun, isOldAndDone } from './sampleRuns.ts'
import { goTo } from './screens.ts'

test('what has expired in the trash is deleted by click, after a question', async ({ app }) => {
  const workspace = await app.sample()
  const { id, manifest } = await trashExpired(app, workspace)
  const page = await app.open(workspace)
  await goTo(page, '#/cleanup/trash')
  const trash = page.getByRole('grid', { name: 'Trash' })
  await expect(trash.getByRole('row').filter({ hasText: id })).toBeVisible()
  await app.picture('1-expired')
  const ask = page.getByRole('button', { name: /^Delete 1 expired for good/ })

  await test.step('kept, it stays', async () => {
    await ask.click()
    await expect(page.getByRole('dialog')).toContainText(id)
    await app.picture('2-question')
    await page.getByRole('button', { name: 'Keep as it is' }).click()
    await stat(manifest)
  })

  await test.step('deleted, nothing of it is left, and who did it is known', async () => {
    await ask.click()
    await page.getByRole('button', { name: 'Delete 1 for good' }).click()
    await expect(page.getByText('The trash is empty')).toBeVisible()
    await expect(page.getByText(/^Deleted for good: 1/)).toBeVisible()
    await app.picture('3-deleted')
    expect(await readdir(join(workspace, '.unstuck/trash'))).toEqual([])
    const at = ['--workspace', workspace, '--json']
    const { operations } = (await app.cli(['operations', id, ...at])).json() as {
      operations: readonly { call: string; state: string }[] // of operations.list
    }
    expect(operations[0]).toMatchObject({ call: 'purge.apply', state: 'done' })
  })
})

test(
  'without a person it waits a day, by command line it says so',
  { tag: '@command-line' },
  async ({ app }) => {
    const workspace = await app.sample()
    const { id, manifest } = await trashExpired(app, workspace)
    const purge = (...args: string[]) =>
      app.cli(['trash', 'purge', ...args, '--workspace', workspace])

    expect((await purge('--apply')).stdout).toMatch(/waits a day[^]*Without the wait: .* --now/)
    await stat(manifest)
    const now = await purge('--now', '--apply')
    expect([now.code, now.stdout]).toEqual([0, expect.stringMatching(new RegExp(`done .* ${id}`))])
    expect((await purge()).stdout).toContain('Nothing in the trash has expired.')
  },
)

test('storage shows the bytes of the folder', async ({ app }) => {
  const workspace = await app.sample()
  const { id } = await findRun(app, workspace, isOldAndDone)
  await app.cli(['archive', id, '--workspace', workspace])
  const page = await app.open(workspace)
  await goTo(page, '#/cleanup/storage')
  const kinds = page.getByRole('table', { name: 'By kind of file' })
  await expect(kinds.getByRole('row', { name: /Journals/ })).toBeVisible()
  await expect(kinds.getByRole('row', { name: /Archive/ })).toBeVisible()
  await app.picture('1-storage')

  const { bytes } = await shown(app, page, workspace)
  const heads = await sizeOf(join(workspace, 'runs'), '.json')
  expect(bytes).toBeGreaterThan(heads)
})

/** Reads the screen until it says what lies in the folder; what a host writes by itself may come in between. */
async function shown(app: App, page: Page, workspace: string): Promise<{ readonly bytes: number }> {
  let bytes = 0
  await expect(async () => {
    await page.getByRole('button', { name: 'Measure again' }).click()
    await expect(page.getByRole('button', { name: 'Measure again' })).toBeVisible()
    const folders = ['runs', 'logs', '.unstuck'].map((name) => sizeOf(join(workspace, name)))
    bytes = (await Promise.all(folders)).reduce((sum, size) => sum + size, 0)
    await expect(page.getByText(formatBytes(bytes), { exact: true })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 60_000 })
  await app.picture('2-measured')
  return { bytes }
}

async function sizeOf(folder: string, ending = ''): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = names
    .filter((name) => name.endsWith(ending))
    .map(async (name) => {
      const found = await stat(join(folder, name))
      return found.isFile() ? found.size : 0
    })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** An old run in the trash whose time there is over. */
async function trashExpired(
  app: App,
  workspace: string,
): Promise<{ readonly id: string; readonly manifest: string }> {
  const { id } = await findRun(app, workspace, isOldAndDone)
  await app.cli(['cleanup', '--completed-days', '90', '--apply', '--workspace', workspace])
  const trash = join(workspace, '.unstuck/trash')
  const [entry = ''] = await readdir(trash)
  const manifest = join(trash, entry, 'manifest.json')
  const text = await readFile(manifest, 'utf8')
  const past = new Date(Date.now() - 60_000).toISOString()
  await writeFile(manifest, text.replace(/("expiresAt": ")[^"]*/, `$1${past}`))
  return { id, manifest }
}
