import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright'
import { expect, test } from '../harness/app.ts'
import { tabTo, useOnly } from './hands.ts'
import { runRow, runsGrid } from './screens.ts'

const run = promisify(execFile)
const id = '11111111-aaaa-4aaa-8aaa-111111111111'
const failed = `states/${id}.json`

test('[L199] a failed run of another engine is read, edited with preview, undone and imported by keyboard alone', async ({
  app,
}) => {
  const workspace = await app.workspace()
  await app.copyFixture('foreign/sets/awf', workspace)
  await app.copyFixture('foreign/awf/failed.json', join(workspace, failed))
  const file = join(workspace, failed)
  const before = await readFile(file, 'utf8')
  const page = await app.open(workspace)
  const endKeyboard = await useOnly(page, 'keyboard')

  await test.step('it is found in the list, and says why it does not move', async () => {
    await expect(runsGrid(page)).toBeFocused()
    await page.keyboard.press('/')
    await page.keyboard.type('status:failed ')
    await expect(runRow(page, '33333333')).toBeHidden()
    await expect(runRow(page, id)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(runsGrid(page)).toBeFocused()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(
      'Step test failed with exit code 2',
    )
    await app.picture('1-reason')
  })

  await test.step('one value is staged as it was typed', async () => {
    await tabTo(page, page.getByRole('tab', { name: 'Timeline' }))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name: 'State' })).toHaveAttribute('aria-selected', 'true')
    await tabTo(page, page.getByRole('tree', { name: 'State' }))
    await goTo(page, ['Inputs', 'replicas'])
    await page.keyboard.press('F2')
    await expect(page.getByRole('textbox', { name: 'New value of /Inputs/replicas' })).toBeFocused()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('9007199254740995')
    await page.keyboard.press('Enter')
    await expect(page.getByText('1 staged edit.')).toBeVisible()
    await app.picture('2-staged')
  })

  await test.step('the preview shows every file, before and after', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Preview…' }))
    await page.keyboard.press('Enter')
    const files = page.getByRole('region', { name: 'Before and after' })
    await expect(files).toContainText(failed)
    await expect(files).toContainText('9007199254740995')
    expect(await readFile(file, 'utf8'), 'a plan writes nothing').toBe(before)
    await tabTo(page, page.getByRole('textbox', { name: 'Reason' }))
    await page.keyboard.type('The order says so.')
    await app.picture('3-preview')
  })

  await test.step('applied, only that value is another one for Python', async () => {
    await page.keyboard.press('Enter')
    await expect(page.getByText('Changed and read back')).toBeVisible()
    await app.picture('4-applied')
    expect(await differences(before, await readFile(file, 'utf8'))).toEqual([
      '/Inputs/replicas 9007199254740995',
    ])
  })

  await test.step('undone, every byte is as it was', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('Undone and read back')).toBeVisible()
    expect(await readFile(file, 'utf8')).toBe(before)
  })

  await test.step('it is imported as a run, and stays where it is', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Open the run' }))
    await page.keyboard.press('Enter')
    const more = page.getByRole('button', { name: 'More actions' })
    await tabTo(page, more)
    await page.keyboard.press('Enter')
    const choice = page.getByRole('menuitem', { name: 'Import as a run…' })
    await expect(choice).toBeVisible()
    while (!(await choice.evaluate((element) => element === document.activeElement)))
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table', { name: 'Steps of the run' })).toContainText('release')
    await app.picture('5-import')
    await tabTo(page, page.getByRole('button', { name: 'Import as a run' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('Imported and read back')).toBeVisible()
    await app.picture('6-imported')
    expect(await readFile(file, 'utf8')).toBe(before)
    await tabTo(page, page.getByRole('button', { name: 'Open the imported run' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toBeVisible()
  })
  await endKeyboard()
})

/** Down the tree by its keys: each name is gone to and opened. */
async function goTo(page: Page, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const item = page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
    const isThere = async () =>
      (await item.getAttribute('aria-selected').catch(() => null)) === 'true'
    while (!(await isThere())) await page.keyboard.press('ArrowDown')
    if (index === names.length - 1) return
    await page.keyboard.press('ArrowRight')
    await expect(item).toHaveAttribute('aria-expanded', 'true')
    await expect(page.getByRole('treeitem', { level: index + 2 }).first()).toBeVisible()
  }
}

/** Python's own reader keeps numbers as they are written: what differs, and the order of keys with it. */
async function differences(before: string, after: string): Promise<readonly string[]> {
  const script = `
import json, sys
def read(text): return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=list)
def walk(value, path):
    if isinstance(value, list) and all(isinstance(one, tuple) for one in value):
        return [leaf for key, one in value for leaf in walk(one, path + '/' + key)]
    if isinstance(value, list):
        return [leaf for index, one in enumerate(value) for leaf in walk(one, path + '/' + str(index))]
    return [path + ' ' + str(value)]
old, new = (walk(read(text), '') for text in json.load(sys.stdin))
assert len(old) == len(new)
print(json.dumps([there for here, there in zip(old, new) if here != there]))
`
  const running = run('python3', ['-c', script])
  running.child.stdin?.end(JSON.stringify([before, after]))
  return JSON.parse((await running).stdout) as readonly string[] // printed by the script above
}
