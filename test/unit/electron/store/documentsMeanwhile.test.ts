import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DocumentReplacement } from '../../../../electron/store/documentStore.ts'
import { digestOf } from '../../../../electron/store/files.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { createIds, failureOf, openFileStore, temporaryFolder } from './storeFixtures.ts'

const [state, beside, added] = ['states/run-1.json', 'states/run-1.meta.json', 'states/new.json']

test('[E175] a file that changes while the others are replaced takes them all back', async () => {
  const root = await states()
  const store = await openFileStore(root, {
    fileSystem: afterRename(root, state, () => writeFile(join(root, beside), 'went on')),
  })

  expect(await failureOf(store.replaceDocuments(state, change))).toMatchObject({
    code: 'stale',
    details: { path: beside },
  })

  expect(await textsOf(root)).toEqual(['old', 'went on', null])
  expect(await store.documentBackups(state)).toMatchObject([{ state: 'undone' }])
})

test('[E176] a change that another one is at is left to it', async () => {
  const root = await states()
  const signal = new EventTarget()
  const held = once(signal, 'go')
  let isAtIt = false
  const busy = await openFileStore(root, {
    fileSystem: afterRename(root, state, async () => {
      isAtIt = true
      await held
    }),
  })
  const other = await openFileStore(root, { randomId: createIds('1') })
  const replaced = busy.replaceDocuments(state, change)
  await expect.poll(() => isAtIt, { timeout: 60_000 }).toBe(true)

  expect(await other.settleDocuments()).toEqual([])

  signal.dispatchEvent(new Event('go'))
  await replaced
  expect(await textsOf(root)).toEqual(['new', 'NEW', 'copy'])
})

test('[E176] a change that was cut and whose new content is lost is told, and nothing is guessed', async () => {
  const root = await states()
  const store = await openFileStore(root)
  const { id } = await store.replaceDocuments(state, change)
  const [key = ''] = (await createNodeFileSystem().list(join(root, '.unstuck/backups'))).map(
    ({ name }) => name,
  )
  const note = join(root, '.unstuck/backups', key, id, 'change.json')
  await writeFile(note, (await readFile(note, 'utf8')).replace('"done"', '"begun"'))
  await writeFile(join(root, state), 'old')

  expect(await failureOf(store.settleDocuments())).toMatchObject({
    code: 'corrupt',
    message: `The new content of ${state} is not there as it was kept.`,
  })

  expect(await textsOf(root)).toEqual(['old', 'NEW', 'copy'])
})

const changes: readonly DocumentReplacement[] = [
  { path: added, bytes: Buffer.from('copy'), why: 'a copy' },
  { path: state, bytes: Buffer.from('new'), why: 'the state' },
  { path: beside, bytes: Buffer.from('NEW'), why: 'its description' },
]
const revs = new Map([
  [state, digestOf('old')],
  [beside, digestOf('OLD')],
  [added, null],
])
const change = { changes, revs, reason: 'wrong bill' }

async function states(): Promise<string> {
  const root = await temporaryFolder()
  await mkdir(join(root, 'states'))
  await writeFile(join(root, state), 'old')
  await writeFile(join(root, beside), 'OLD')
  await rm(join(root, added), { force: true })
  return root
}

function afterRename(root: string, path: string, work: () => Promise<void>): FileSystem {
  const disk = createNodeFileSystem()
  return {
    ...disk,
    rename: async (from, to) => {
      await disk.rename(from, to)
      if (to === join(root, path)) await work()
    },
  }
}

function textsOf(root: string): Promise<readonly (string | null)[]> {
  return Promise.all(
    [state, beside, added].map((path) => readFile(join(root, path), 'utf8').catch(() => null)),
  )
}
