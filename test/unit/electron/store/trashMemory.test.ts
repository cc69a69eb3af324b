import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createFileStore } from '../../../../electron/store/fileStore.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { createIds, temporaryFolder } from './storeFixtures.ts'

const stores: Store[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()))
})

/** The clock stands well behind everything that the test writes: nothing changed just now. */
const now = () => '2100-01-01T00:00:00.000Z'
const trashing = { reason: 'old', keepDays: 1 }

async function open(root: string) {
  const inner = createNodeFileSystem()
  let opened = 0
  const fileSystem: FileSystem = {
    ...inner,
    open: (path, mode) => {
      opened += 1
      return inner.open(path, mode)
    },
  }
  const application = { version: '0.0.0-test' }
  const store = await createFileStore({
    root,
    now,
    randomId: createIds('t'),
    application,
    fileSystem,
  })
  stores.push(store)
  const list = async () => {
    const before = opened
    return { entries: await store.trashed(), opened: opened - before }
  }
  return { store, list }
}

test('[X109] entries that lie at rest are read once, and again when something of them changed', async () => {
  const root = await temporaryFolder()
  const { store, list } = await open(root)
  for (const name of ['a', 'b', 'c', 'd']) {
    await writeFile(join(root, `${name}.json`), '{}')
    await store.trashDocument(`${name}.json`, trashing)
  }

  const first = await list()
  const again = await list()
  const [oldest = first.entries[0]] = first.entries.toReversed()
  await store.noteExpired(oldest?.id ?? '', { isExpired: true })
  const noted = await list()
  await store.noteExpired(oldest?.id ?? '', { isExpired: false })
  const forgotten = await list()
  await store.restoreTrashed(oldest?.id ?? '')
  const restored = await list()

  expect([first.entries.length, again.opened]).toEqual([4, 0])
  expect(first.opened).toBeGreaterThanOrEqual(4)
  expect(again.entries).toEqual(first.entries)
  expect(noted.entries.map(({ seenExpiredAt }) => seenExpiredAt)).toEqual([null, null, null, now()])
  // Of the one that changed, and no other.
  expect(noted.opened).toBeLessThanOrEqual(2)
  expect(forgotten.entries).toEqual(first.entries)
  expect(restored.entries).toEqual(first.entries.slice(0, 3))
  await rm(join(root, `.unstuck/trash/${first.entries[0]?.id ?? ''}`), { recursive: true })
  expect((await list()).entries).toEqual(first.entries.slice(1, 3))
})
