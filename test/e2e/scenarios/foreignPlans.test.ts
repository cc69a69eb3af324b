import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { expect, test } from '../harness/app.ts'
import { tabTo, useOnly } from './hands.ts'

const id = '11111111-aaaa-4aaa-8aaa-111111111111'
const failed = `states/${id}.json`
const old = 'old/.tapps-agents/workflow-state/old-1-20251201-100500.json'
const cut = 'states/cut.json'
const packed = 'other/job.json.gz'
const snapshots = '.tapps-agents/workflow-state'

test('[L213] the state of other engines is repaired, migrated, resumed by its own command and cleaned up by keyboard alone', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const read = (path: string) => readFile(join(workspace, path), 'utf8')
  await app.copyFixture('foreign/sets/awf', workspace)
  await app.copyFixture('foreign/awf/failed.json', join(workspace, failed))
  await app.copyFixture('foreign/awf/truncated.json', join(workspace, cut))
  await app.copyFixture('foreign/sets/tapps/healthy-mixed', workspace)
  await app.copyFixture('foreign/sets/tapps/old-version-1.0', join(workspace, 'old'))
  await app.copyFixture(
    'foreign/sets/multyagents/api-state.failed.json',
    join(workspace, 'api-state.json'),
  )
  await mkdir(join(workspace, 'other'))
  const latin = Buffer.from('{"job":"sync","city":"Zürich","state":"failed"}', 'latin1')
  await writeFile(join(workspace, packed), gzipSync(latin))
  await writeFile(join(workspace, 'engine.sh'), standIn)
  const settings = { version: 1, resume: { commands: { awf: 'sh engine.sh {document}' } } }
  await writeFile(join(workspace, 'unstuck.json'), JSON.stringify(settings))
  const page = await app.open(workspace)
  const endKeyboard = await useOnly(page, 'keyboard')

  await test.step('what was cut is repaired from what can be read of it, and put back', async () => {
    const before = await read(cut)
    await goTo(page, `#/document/${encodeURIComponent(cut)}/repair?format=awf`)
    await expect(page.getByRole('radio').first()).toBeVisible()
    const bytes = page.getByRole('region', { name: 'The bytes as they are' })
    await expect(page.getByRole('region', { name: 'What would be written' })).toContainText(
      '"WorkflowID"',
    )
    await page.keyboard.press('j')
    await expect(bytes.locator('[data-chosen]').first()).toBeVisible()
    await expect(page.getByRole('group', { name: 'Damage in the whole file' })).toBeVisible()
    await app.picture('1-repair')
    const apply = page.getByRole('button', { name: 'Apply repair' })
    await expect(apply).toBeEnabled()
    await tabTo(page, apply)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Changed and read back')).toBeVisible()
    expect(() => JSON.parse(before) as unknown).toThrow()
    expect(JSON.parse(await read(cut))).toHaveProperty('WorkflowID')
    await tabTo(page, page.getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('Undone and read back')).toBeVisible()
    expect(await read(cut)).toBe(before)
  })

  await test.step('[L310] what is compressed and in another encoding is shown as it is read, rejected or accepted item by item, and written as its name says', async () => {
    await goTo(page, `#/document/${encodeURIComponent(packed)}/repair?format=unknown`)
    await expect(page.getByText('decompressed from gzip')).toBeVisible()
    const after = page.getByRole('region', { name: 'What would be written' })
    await expect(after).toContainText('Zürich')
    const fix = page.getByRole('checkbox', { name: 'Windows-1252' })
    await tabTo(page, fix)
    await page.keyboard.press('Space')
    await expect(after).not.toContainText('city')
    await page.keyboard.press('Space')
    await expect(after).toContainText('Zürich')
    await app.picture('1-packed')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Changed and read back: 0 findings remain')).toBeVisible()
    const written = gunzipSync(await readFile(join(workspace, packed))).toString()
    expect(JSON.parse(written)).toEqual({ job: 'sync', city: 'Zürich', state: 'failed' })
    const undone = await app.cli(['undo', packed, '--workspace', workspace])
    expect(undone.code, undone.stderr).toBe(0)
    expect(gunzipSync(await readFile(join(workspace, packed)))).toEqual(latin)
  })

  await test.step('what is of an old version is migrated as its engine would', async () => {
    await goTo(page, `#/document/${encodeURIComponent(old)}/migrate?format=tapps`)
    await expect(page.getByRole('region', { name: 'Before and after' })).toContainText(
      'skipped_steps',
    )
    await app.picture('2-migrate')
    const migrate = page.getByRole('button', { name: 'Migrate' })
    await expect(migrate).toBeEnabled()
    await tabTo(page, migrate)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Changed and read back')).toBeVisible()
    expect(JSON.parse(await read(old))).toHaveProperty('skipped_steps')
  })

  await test.step('[L212] its own command is shown with its dangers, and does not run before the workspace is trusted', async () => {
    await goTo(page, `#/document/${encodeURIComponent(failed)}/resume?format=awf`)
    const command = page.getByRole('region', { name: 'The command that would run' })
    await expect(command).toContainText(`sh engine.sh ${failed}`)
    await expect(command).toContainText('resume.commands.awf')
    await expect(page.getByRole('region', { name: 'Mind, before it runs' })).toContainText('AWF')
    await app.picture('3-resume')
    await expect(page.getByRole('button', { name: 'Run the command of AWF' })).toBeDisabled()
    expect(JSON.parse(await read(failed))).toMatchObject({ Status: 'failed' })
  })

  await test.step('trusted, it runs, and what came of it is read from the files', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Trust this workspace…' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Trust and allow commands' }))
    await page.keyboard.press('Enter')
    const run = page.getByRole('button', { name: 'Run the command of AWF' })
    await expect(run).toBeEnabled()
    await tabTo(page, run)
    await page.keyboard.press('Enter')
    await expect(page.getByText('The document said failed, and says completed now.')).toBeVisible()
    await app.picture('4-resumed')
    expect(JSON.parse(await read(failed))).toMatchObject({ Status: 'completed' })
  })

  await test.step('[L210] the log that an engine keeps is read in its own words', async () => {
    await goTo(page, '#/run/api-state.json/history?format=multyagents&item=1')
    const log = page.getByRole('grid', { name: "The engine's log" })
    await expect(log).toContainText('task.')
    await tabTo(page, log)
    await page.keyboard.press('Home')
    await expect(page.getByText(/"what": /)).toBeVisible()
    await app.picture('5-history')
  })

  await test.step('[L211] cleaned up by their own rules, and put back', async () => {
    await goTo(page, '#/cleanup/engines')
    await expect(page.getByRole('region', { name: 'Rules of TappsCodingAgents' })).toContainText(
      'deletes the newest snapshot',
    )
    await tabTo(page, page.getByRole('spinbutton', { name: 'Newest states kept' }))
    await page.keyboard.type('1')
    const move = page.getByRole('button', { name: /^Move [1-9]\d* files? to the trash$/ })
    await expect(move).toBeEnabled()
    await app.picture('6-engines')
    await tabTo(page, move)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/Cleaned up: [1-9]/)).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText(/Brought back: [1-9]/)).toBeVisible()
    expect(JSON.parse(await read(`${snapshots}/last.json`))).toHaveProperty('state_file')
  })
  await endKeyboard()
})

/** Does what the engine would, as far as its file tells. */
const standIn = `sed -i 's/"Status": "failed"/"Status": "completed"/' "$1"\necho went on\n`

/** As a link is followed that somebody sent. */
async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((address) => void (location.hash = address), hash)
}
