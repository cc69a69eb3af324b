import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FileSystem, OpenMode } from '../../../../electron/store/fileSystem.ts'
import { createMemoryFileSystem } from '../../../../electron/store/memoryFileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { errorCode } from '../../../../electron/store/storeErrors.ts'
import { failureOf, temporaryFolder } from './storeFixtures.ts'

type Disk = { readonly fileSystem: FileSystem; readonly root: string }

const disks: readonly (readonly [string, () => Promise<Disk>])[] = [
  ['disk', async () => ({ fileSystem: createNodeFileSystem(), root: await temporaryFolder() })],
  ['memory', async () => ({ fileSystem: createMemoryFileSystem('/memory'), root: '/memory' })],
]

/** What it does to a folder with `file`, `other`, an empty folder `empty` and a folder `full` with a file in it. */
const refusals: readonly (readonly [string, string, (disk: At) => Promise<unknown>])[] = [
  ['a file that is there is made anew', 'EEXIST', ({ open }) => open('file', 'create')],
  ['a folder is opened as a new file', 'EEXIST', ({ open }) => open('full', 'create')],
  ['a folder is opened to be added to', 'EISDIR', ({ open }) => open('full', 'append')],
  ['a file is read that is not there', 'ENOENT', ({ open }) => open('none', 'read')],
  ['a file is made in a folder that is not there', 'ENOENT', ({ open }) => open('no/x', 'append')],
  ['a file is listed', 'ENOTDIR', ({ disk, at }) => disk.list(at('file'))],
  ['a folder is listed that is not there', 'ENOENT', ({ disk, at }) => disk.list(at('none'))],
  ['a folder is made that is there', 'EEXIST', ({ disk, at }) => disk.makeFolder(at('full'))],
  ['a folder is made in none', 'ENOENT', ({ disk, at }) => disk.makeFolder(at('no/x'))],
  ['a file goes that is not there', 'ENOENT', ({ disk, at }) => disk.remove(at('none'))],
  [
    'a folder goes with what is in it',
    'ENOTEMPTY',
    ({ disk, at }) => disk.removeFolder(at('full')),
  ],
  ['a file goes as a folder', 'ENOTDIR', ({ disk, at }) => disk.removeFolder(at('file'))],
  ['what is not there moves', 'ENOENT', ({ disk, at }) => disk.rename(at('none'), at('new'))],
  ['a file moves into none', 'ENOENT', ({ disk, at }) => disk.rename(at('file'), at('no/x'))],
  ['a file replaces a folder', 'EISDIR', ({ disk, at }) => disk.rename(at('file'), at('empty'))],
  ['a folder replaces a file', 'ENOTDIR', ({ disk, at }) => disk.rename(at('empty'), at('file'))],
  [
    'a folder replaces one that is not empty',
    'ENOTEMPTY',
    ({ disk, at }) => disk.rename(at('empty'), at('full')),
  ],
  ['a name is given that is taken', 'EEXIST', ({ disk, at }) => disk.link(at('file'), at('other'))],
  ['a copy replaces a file', 'EEXIST', ({ disk, at }) => disk.copy(at('file'), at('other'))],
  ['what is not there is copied', 'ENOENT', ({ disk, at }) => disk.copy(at('none'), at('new'))],
  ['what is not there is looked at', 'ENOENT', ({ disk, at }) => disk.status(at('none'))],
  [
    'a file that was opened to be read is written',
    'EBADF',
    async ({ open }) => {
      const file = await open('file', 'read')
      const failure = await failureOf(file.write(Buffer.from('x')))
      await file.close()
      throw failure
    },
  ],
  [
    'a file that was closed is read',
    'EBADF',
    async ({ open }) => {
      const file = await open('file', 'read')
      await file.close()
      return file.read(new Uint8Array(1), 0)
    },
  ],
]

describe.each(disks)('the file system of the %s', (_name, create) => {
  test.each(refusals)(
    '[T168] refuses that %s (%s), and changes nothing',
    async (_what, code, work) => {
      const { fileSystem, root } = await create()
      const at = atOf({ fileSystem, root })
      await fill(at)

      expect(errorCode(await failureOf(work(at)))).toBe(code)

      expect(await shapeOf(at)).toEqual(filled)
    },
  )

  test('[T168] takes no folder away as a file', async () => {
    const at = atOf(await create())
    await fill(at)

    // Each system has its own word for it.
    const code = errorCode(await failureOf(at.disk.remove(at.at('empty'))))
    expect(['EPERM', 'EISDIR']).toContain(code)
    expect(await shapeOf(at)).toEqual(filled)
  })

  test('[T168] moves a file over a file and a folder over an empty one', async () => {
    const at = atOf(await create())
    await fill(at)

    await at.disk.rename(at.at('file'), at.at('other'))
    await at.disk.rename(at.at('full'), at.at('empty'))

    expect(await shapeOf(at)).toEqual({ other: 'file', empty: ['inner'] })
  })
})

test('[T168] a file that was renamed while it was open is written under its new name', async () => {
  for (const [, create] of disks) {
    const at = atOf(await create())
    await fill(at)
    const file = await at.open('file', 'append')

    await at.disk.rename(at.at('file'), at.at('other'))
    await file.write(Buffer.from(' more'))
    await file.close()

    expect(await shapeOf(at)).toEqual({ other: 'file more', empty: [], full: ['inner'] })
  }
})

test('[T35] a file with two names is one file after a power cut, and in a twin of the disk', async () => {
  const memory = createMemoryFileSystem('/memory')
  const at = atOf({ fileSystem: memory, root: '/memory' })
  await fill(at)
  await memory.link(at.at('file'), at.at('second'))
  await memory.syncFile(at.at('file'))
  await memory.syncFolder('/memory')

  for (const copy of [memory.afterPowerCut(), memory.twin()]) {
    const [one, other] = await Promise.all(
      ['file', 'second'].map((name) => copy.status(at.at(name))),
    )
    expect(one).toEqual(other)
    const file = await copy.open(at.at('second'), 'append')
    await file.write(Buffer.from('!'))
    expect((await copy.status(at.at('file'))).sizeBytes).toBe(5)
  }
  expect((await memory.status(at.at('file'))).sizeBytes).toBe(4)
})

test('[T35] disks are told apart by all that is on them, and one that was only read is the same', async () => {
  const memory = createMemoryFileSystem('/memory')
  await fill(atOf({ fileSystem: memory, root: '/memory' }))
  const twin = memory.twin()
  await twin.list('/memory')
  await twin.status('/memory/file')
  expect(twin.contents()).toBe(memory.contents())

  const changes: readonly ((disk: FileSystem) => Promise<unknown>)[] = [
    (disk) => disk.rename('/memory/file', '/memory/renamed'),
    (disk) => disk.remove('/memory/other'),
    (disk) => disk.makeFolder('/memory/made'),
    (disk) => disk.link('/memory/file', '/memory/second'),
    async (disk) => (await disk.open('/memory/file', 'append')).write(Buffer.from('x')),
    async (disk) => (await disk.open('/memory/file', 'append')).changeMode(0o640),
  ]
  const changed = changes.map(async (change) => {
    const [disk, same] = [memory.twin(), memory.twin()]
    await change(disk)
    await change(same)
    expect(same.contents()).toBe(disk.contents())
    return disk.contents()
  })
  const all = new Set([memory.contents(), ...(await Promise.all(changed))])
  expect(all.size).toBe(changes.length + 1)
})

const filled = { file: 'file', other: 'other', empty: [], full: ['inner'] }

type At = {
  readonly disk: FileSystem
  readonly at: (path: string) => string
  readonly open: (path: string, mode: OpenMode) => ReturnType<FileSystem['open']>
}

function atOf({ fileSystem, root }: Disk): At {
  const at = (path: string): string => join(root, path)
  return { disk: fileSystem, at, open: (path, mode) => fileSystem.open(at(path), mode) }
}

async function fill({ disk, at, open }: At): Promise<void> {
  for (const folder of ['empty', 'full']) await disk.makeFolder(at(folder))
  for (const path of ['file', 'other', 'full/inner']) {
    const file = await open(path, 'create')
    await file.write(Buffer.from(path))
    await file.close()
  }
}

/** What files hold, and the names in folders. */
async function shapeOf({ disk, at, open }: At): Promise<Readonly<Record<string, unknown>>> {
  const shape: Record<string, unknown> = {}
  for (const { name, kind } of await disk.list(at('.'))) {
    if (kind === 'folder') {
      shape[name] = (await disk.list(at(name))).map((child) => child.name)
      continue
    }
    const file = await open(name, 'read')
    const into = new Uint8Array(16)
    shape[name] = Buffer.from(into.subarray(0, await file.read(into, 0))).toString()
    await file.close()
  }
  return shape
}
