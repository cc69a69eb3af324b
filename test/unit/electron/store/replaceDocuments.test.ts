import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { digestOf } from '../../../../electron/store/files.ts'
import type { DocumentReplacement } from '../../../../electron/store/documentStore.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { createIds, failureOf, openFileStore, temporaryFolder } from './storeFixtures.ts'

const document = 'states/run-1.json'
const beside = 'states/run-1.meta.json'
const added = 'states/history/run-1.json'

describe('replacing files of another engine', () => {
  test('[E175] replaces all of them, keeps their mode, backs each up, and can be taken back', async () => {
    const { root, store } = await openStates()

    const backup = await store.replaceDocuments(document, { ...change, reason: 'wrong bill' })

    expect(await contents(root)).toEqual({ [document]: 'new', [beside]: 'NEW', [added]: 'copy' })
    expect((await stat(join(root, document))).mode & 0o777).toBe(0o640)
    expect((await stat(join(root, added))).mode & 0o777).toBe(0o640)
    expect(await store.documentBackups(document)).toMatchObject([
      { id: backup.id, reason: 'wrong bill', files: [document, beside], state: 'done' },
    ])

    await store.restoreDocuments(document, { backup: backup.id, reason: 'undo' })

    expect(await contents(root)).toEqual({ [document]: 'old', [beside]: 'OLD' })
    expect((await store.documentBackups(document)).map(({ state }) => state)).toEqual([
      'done',
      'done',
    ])
  })

  test('[E175] changes nothing when one of the files is not as it was looked at', async () => {
    const { root, store } = await openStates()
    await writeFile(join(root, beside), 'somebody else')

    const refused = store.replaceDocuments(document, { ...change, reason: 'r' })

    await expect(refused).rejects.toMatchObject({ code: 'stale', details: { path: beside } })
    expect(await contents(root)).toEqual({ [document]: 'old', [beside]: 'somebody else' })
    expect(await store.documentBackups(document)).toEqual([])
  })

  test('[E177] a change is not taken back once a file was written since', async () => {
    const { root, store } = await openStates()
    const backup = await store.replaceDocuments(document, { ...change, reason: 'r' })
    await writeFile(join(root, beside), 'went on')

    const refused = store.restoreDocuments(document, { backup: backup.id, reason: 'undo' })

    await expect(refused).rejects.toMatchObject({ code: 'stale', details: { path: beside } })
    expect(await contents(root)).toMatchObject({ [document]: 'new', [beside]: 'went on' })
  })

  test('[E177] what was taken back can be taken back again', async () => {
    const { root, store } = await openStates()
    const first = await store.replaceDocuments(document, { ...change, reason: 'r' })
    const second = await store.restoreDocuments(document, { backup: first.id, reason: 'undo' })

    await store.restoreDocuments(document, { backup: second.id, reason: 'redo' })

    expect(await contents(root)).toEqual({ [document]: 'new', [beside]: 'NEW', [added]: 'copy' })
  })

  test('[E175] a file goes away and stays in the backup', async () => {
    const { root, store } = await openStates()
    const gone = [{ path: beside, bytes: null, why: 'left over' }]

    const { id } = await store.replaceDocuments(document, {
      changes: gone,
      revs: new Map([[beside, digestOf('OLD')]]),
      reason: 'clean up',
    })

    expect(await contents(root)).toEqual({ [document]: 'old' })
    await store.restoreDocuments(document, { backup: id, reason: 'undo' })
    expect(await contents(root)).toEqual({ [document]: 'old', [beside]: 'OLD' })
  })

  test('[E175] of two at a time one works at the documents, the other is told who does', async () => {
    const { root, store } = await openStates()
    const other = await openFileStore(root, { randomId: createIds('1') })

    const ends = await Promise.allSettled([
      store.replaceDocuments(document, { ...change, reason: 'one' }),
      other.replaceDocuments(document, { ...change, reason: 'other' }),
    ])

    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const failure = ends.find((end) => end.status === 'rejected')
    expect(['locked', 'stale']).toContain(failure?.reason.code)
    expect(await contents(root)).toEqual({ [document]: 'new', [beside]: 'NEW', [added]: 'copy' })
  })

  test.each(['.unstuck/operations.jsonl', '../outside.json', 'states/link.json', 'states'])(
    '[E175] %s is not written',
    async (path) => {
      const { root, store } = await openStates()
      await symlink(join(root, beside), join(root, 'states/link.json'))

      const refused = store.replaceDocuments(document, {
        changes: [{ path, bytes: Buffer.from('x'), why: 'w' }],
        revs: new Map(),
        reason: 'r',
      })

      await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
    },
  )
})

test('[E177] what no change of this document is kept under is not taken back', async () => {
  const { root, store } = await openStates()
  const { id } = await store.replaceDocuments(document, { ...change, reason: 'r' })

  for (const [of, backup] of [
    [document, `${id.slice(0, -1)}z`],
    [beside, id],
  ] as const)
    expect(await failureOf(store.restoreDocuments(of, { backup, reason: 'undo' }))).toMatchObject({
      code: 'not-found',
      message: `There is no backup "${backup}" of ${of}.`,
    })
  expect(await contents(root)).toMatchObject({ [document]: 'new' })
})

test('[E177] a change whose note is damaged is listed without its end, and is not taken back', async () => {
  const { root, store } = await openStates()
  const { id } = await store.replaceDocuments(document, { ...change, reason: 'r' })
  const folder = join(root, '.unstuck/backups')
  const [key = ''] = await readdir(folder)

  for (const text of ['{"id"', '{}', JSON.stringify({ id: 'other' })]) {
    await writeFile(join(folder, key, id, 'change.json'), text)
    expect(await store.documentBackups(document)).toMatchObject([{ id, state: null }])
    const undo = store.restoreDocuments(document, { backup: id, reason: 'undo' })
    expect(await failureOf(undo)).toMatchObject({ code: 'not-found' })
  }
})

test('[E175] a file that changes while it is backed up is left, and nothing is replaced', async () => {
  const { root } = await openStates()
  const disk = createNodeFileSystem()
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      copy: async (from, to) => {
        if (from === join(root, beside)) await writeFile(from, 'went on')
        return disk.copy(from, to)
      },
    },
  })

  expect(
    await failureOf(store.replaceDocuments(document, { ...change, reason: 'r' })),
  ).toMatchObject({
    code: 'stale',
    message: `${beside} changed on disk while it was backed up. Nothing was changed. Review the plan again.`,
  })
  expect(await contents(root)).toEqual({ [document]: 'old', [beside]: 'went on' })
})

test('[E178] a file of a trash entry does not come back over another one, which is said', async () => {
  const { root, store } = await openStates()
  const { id } = await store.trashDocument(beside, { reason: 'r', keepDays: 7 })
  await writeFile(join(root, beside), 'another')

  expect(await failureOf(store.restoreTrashed(id))).toMatchObject({
    code: 'invalid-input',
    message: `Files of trash entry ${id} exist. Nothing was put back. Move them away first.`,
  })
  expect(await contents(root)).toMatchObject({ [beside]: 'another' })
})

test('[E178] in a workspace that may not be written an entry whose move was cut is listed as it is', async () => {
  const { root, store } = await openStates()
  const { id } = await store.trashDocument(beside, { reason: 'r', keepDays: 7 })
  const path = join(root, '.unstuck/trash', id, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  const moving = JSON.stringify({ ...manifest, state: 'moving', items: [] })
  await writeFile(path, moving)
  const reader = await openFileStore(root, { readOnlyReason: 'it is an archive' })

  const listed = await reader.trashed()

  // Of which files it was nobody knows any more.
  expect(listed).toMatchObject([{ id, reason: 'r' }])
  expect(listed[0]).not.toHaveProperty('document')
  expect(await readFile(path, 'utf8')).toBe(moving)
})

test('[E178] a file goes to the trash as an entry of its own, and comes back under its name', async () => {
  const { root, store } = await openStates()

  const entry = await store.trashDocument(beside, { reason: 'AWF: older', keepDays: 7 })

  expect(entry).toMatchObject({ kind: 'temporary', run: null, reason: 'AWF: older', sizeBytes: 3 })
  expect(await contents(root)).toEqual({ [document]: 'old' })
  await store.restoreTrashed(entry.id)
  expect(await contents(root)).toEqual({ [document]: 'old', [beside]: 'OLD' })
  const gone = store.trashDocument('states/nowhere.json', { reason: 'r', keepDays: 7 })
  await expect(gone).rejects.toMatchObject({ code: 'not-found' })
})

describe('listing a folder', () => {
  test('[E172] tells its files whatever they are called, without links and folders', async () => {
    const { root, store } = await openStates()
    await writeFile(join(root, 'states/events.jsonl'), '{}\n')
    await symlink(join(root, beside), join(root, 'states/link.json'))
    await mkdir(join(root, 'states/checkpoints'))

    const files = await store.listFolder('states')

    expect(files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['states/events.jsonl', 3],
      [document, 3],
      [beside, 3],
    ])
    expect(await store.listFolder('nowhere')).toEqual([])
    expect(await store.listFolder('')).toEqual([])
    await writeFile(join(root, 'top.json'), '{}')
    expect(await store.listFolder('')).toMatchObject([{ path: 'top.json', sizeBytes: 2 }])
    await expect(store.listFolder('../etc')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

const changes: readonly DocumentReplacement[] = [
  { path: document, bytes: Buffer.from('new'), why: 'the state' },
  { path: beside, bytes: Buffer.from('NEW'), why: 'its description' },
  { path: added, bytes: Buffer.from('copy'), why: 'the copy in history' },
]
const change = {
  changes,
  revs: new Map([
    [document, digestOf('old')],
    [beside, digestOf('OLD')],
    [added, null],
  ]),
}

async function openStates(): Promise<{ readonly root: string; readonly store: Store }> {
  const root = await temporaryFolder()
  await mkdir(join(root, 'states'))
  await writeFile(join(root, document), 'old')
  await writeFile(join(root, beside), 'OLD')
  await chmod(join(root, document), 0o640)
  return { root, store: await openFileStore(root) }
}

/** Every file outside of Unstuck's own folder. */
async function contents(root: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.startsWith('.unstuck'))
  const texts = await Promise.all(
    paths.toSorted().map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const),
  )
  return Object.fromEntries(texts)
}
