import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SavedView } from '../../../../shared/contract/views.ts'
import { createHost } from '../../../../electron/host/createHost.ts'

async function folders() {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-views-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const openHost = async (name: string) => {
    const path = await mkdtemp(join(folder, `${name}-`))
    const host = await createHost({ path, host: 'cli', configFolder: join(folder, 'config') })
    onTestFinished(() => host.close())
    return host
  }
  return { file: join(folder, 'config', 'views.json'), openHost }
}

const view: SavedView = {
  name: 'Stuck payments',
  view: 'attention',
  text: 'workflow:payments age>1h',
  sort: { column: 'duration', descending: true },
  groupBy: 'error',
  columns: ['id', 'reason'],
}

test('[T148] a view is kept for every workspace and every later host, and nothing of it in a workspace', async () => {
  const { openHost } = await folders()
  const first = (await openHost('one')).client()
  expect(await first.call('view.save', view)).toEqual({ views: [view] })
  const other = (await openHost('two')).client()
  expect(await other.call('view.list', {})).toEqual({ views: [view] })
  await other.call('view.save', { ...view, text: 'age>2h' })
  expect((await first.call('view.list', {})).views).toEqual([{ ...view, text: 'age>2h' }])
})

test('[T148] views saved at the same time are all kept, and renamed and deleted by name', async () => {
  const { openHost } = await folders()
  const client = (await openHost('one')).client()
  const names = Array.from({ length: 12 }, (_, index) => `view ${index}`)
  await Promise.all(names.map((name) => client.call('view.save', { ...view, name })))
  expect((await client.call('view.list', {})).views.map(({ name }) => name)).toEqual(names)
  await client.call('view.rename', { name: 'view 3', to: 'three' })
  const { views } = await client.call('view.delete', { name: 'view 0' })
  expect(views.map(({ name }) => name)).toEqual(['view 1', 'view 2', 'three', ...names.slice(4)])
  await expect(client.call('view.rename', { name: 'three', to: 'view 1' })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  await expect(client.call('view.delete', { name: 'view 0' })).rejects.toThrow(
    'There is no saved view “view 0”.',
  )
})

test('[T149] views that cannot be read are told with their file, and not written over', async () => {
  const { openHost, file } = await folders()
  const client = (await openHost('one')).client()
  await client.call('view.save', view)
  await writeFile(file, '{"version": 1, "views": [{')
  await expect(client.call('view.list', {})).rejects.toMatchObject({ code: 'corrupt' })
  await expect(client.call('view.save', view)).rejects.toThrow('views.json')
  expect(await readFile(file, 'utf8')).toBe('{"version": 1, "views": [{')
})
