import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createBlockingFileSystem } from '../../../../electron/store/blockingFileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { openFileStore, temporaryFolder } from './storeFixtures.ts'

const fileSystems = [
  ['promises', createNodeFileSystem],
  ['one thread', () => createBlockingFileSystem({ helpers: 0 })],
  ['two threads', () => createBlockingFileSystem({ helpers: 1 })],
] as const

test('[T69] a folder that the disk does not tell of is the problem of what is in it, and of nothing else', async () => {
  const root = await temporaryFolder()
  await put(root, 'runs/a.json', 'a')
  await put(root, 'b.json', 'b')
  const disk = createNodeFileSystem()
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      status: async (path) => {
        if (path === join(root, 'runs')) throw Object.assign(new Error(), { code: 'EIO' })
        return disk.status(path)
      },
    },
  })

  expect(await textsOf(store, ['runs/a.json', 'b.json'], 20)).toEqual([
    expect.stringContaining('the disk reports an error'),
    'b',
  ])
})

for (const [name, createFileSystem] of fileSystems) {
  test(`[T68] the first bytes of each document, in their order: ${name}`, async () => {
    const root = await temporaryFolder()
    const documents = Array.from({ length: 700 }, (_, index) => `runs/2026-01-02/a-${index}.json`)
    for (const document of documents) await put(root, document, `${document}: and more`)
    await put(root, 'short.json', 'x')
    await put(root, 'empty.json', '')
    const store = await openFileStore(root, { fileSystem: createFileSystem() })

    expect(
      await textsOf(store, [...documents, 'short.json', 'gone.json', 'empty.json'], 20),
    ).toEqual([
      ...documents.map((document) => document.slice(0, 20)),
      'x',
      'It does not exist any more.',
      '',
    ])
  })

  test(`[T69] a link, a folder and a file that is reached through a link are problems: ${name}`, async () => {
    const root = await temporaryFolder()
    const outside = await temporaryFolder()
    await put(outside, 'secret.json', 'secret')
    await put(root, 'folder.json/x', '')
    await symlink(join(outside, 'secret.json'), join(root, 'link.json'))
    await symlink(outside, join(root, 'away'))
    const store = await openFileStore(root, { fileSystem: createFileSystem() })

    expect(await textsOf(store, ['link.json', 'folder.json', 'away/secret.json'], 20)).toEqual([
      'It cannot be read: it is a link, and links are not followed. Put the file itself there (ELOOP).',
      'It cannot be read: it is a folder (EISDIR).',
      '"away" is not used, because "away" is a link, and links are not followed. Put the file itself there.',
    ])
    for (const document of ['../x.json', '..', 'runs/..'])
      await expect(store.readStarts([document], 20)).rejects.toMatchObject({
        code: 'invalid-input',
      })
  })

  test(`[T70] of a run that is compressed or archived, the start of that file: ${name}`, async () => {
    const root = await temporaryFolder()
    await put(root, 'runs/2026-01-02/a-1.json.zst', 'compressed')
    await put(root, '.unstuck/archive/2026-01-02/b-2.tar.zst', 'archived')
    await put(root, 'runs/2026-01-02/c-3.json', 'plain')
    await put(root, 'runs/2026-01-02/c-3.json.zst', 'compressed')
    const store = await openFileStore(root, { fileSystem: createFileSystem() })
    const documents = ['a-1', 'b-2', 'c-3'].map((run) => `runs/2026-01-02/${run}.json`)

    expect(await textsOf(store, documents, 20)).toEqual(['compressed', 'archived', 'plain'])
  })
}

test('[T69] a workspace whose folder of runs was replaced by a link gives nothing of it', async () => {
  const root = await temporaryFolder()
  const outside = await temporaryFolder()
  await put(root, 'runs/2026-01-02/a-1.json', 'own')
  const store = await openFileStore(root)
  await rename(join(root, 'runs'), join(outside, 'runs'))
  await symlink(join(outside, 'runs'), join(root, 'runs'))

  const [start] = await store.readStarts(['runs/2026-01-02/a-1.json'], 20)

  expect(start).toMatchObject({ problem: expect.stringContaining('"runs" is a link') })
})

async function textsOf(
  store: Store,
  documents: readonly string[],
  limitBytes: number,
): Promise<readonly string[]> {
  const starts = await store.readStarts(documents, limitBytes)
  return starts.map((start) =>
    'bytes' in start ? Buffer.from(start.bytes).toString() : start.problem,
  )
}

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
