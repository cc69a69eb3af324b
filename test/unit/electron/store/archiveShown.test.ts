import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { showFiles, type ShownFile } from '../../../../electron/store/archiveShown.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { errorCode } from '../../../../electron/store/storeErrors.ts'
import { failureOf, temporaryFolder } from './storeFixtures.ts'

test('[T169] what is packed is seen at its place, beside what is there and instead of it', async () => {
  const { shown, root, file } = await showing('logs/a/b.log')
  await mkdir(join(root, 'logs'))
  await writeFile(join(root, 'logs/beside.log'), 'there')

  expect((await shown.list(join(root, 'logs'))).map(({ name }) => name)).toEqual([
    'beside.log',
    'a',
  ])
  // No such folder is on the disk.
  expect(await shown.list(join(root, 'logs/a'))).toEqual([{ name: 'b.log', kind: 'file' }])
  expect((await shown.status(join(root, 'logs/a'))).kind).toBe('folder')
  expect((await shown.status(join(root, 'logs'))).kind).toBe('folder')
  expect(await shown.status(file)).toEqual(packed.status)
  expect(await textOf(shown, file)).toBe('packed')
  expect(await textOf(shown, join(root, 'logs/beside.log'))).toBe('there')
})

test('[T169] what is seen may be read, and what is not there is told as missing', async () => {
  const { shown, root, file } = await showing('logs/b.log')
  await writeFile(join(root, 'other'), '')

  await shown.check(file, 'read')
  await shown.check(join(root, 'logs'), 'read')
  await shown.check(join(root, 'other'), 'read')
  const failures = [shown.check(join(root, 'none'), 'read'), shown.status(join(root, 'none'))]
  for (const failure of failures) expect(errorCode(await failureOf(failure))).toBe('ENOENT')
})

test('[T169] nothing is written through what shows packed files, also not beside them', async () => {
  const { shown, root, file } = await showing('logs/b.log')
  await writeFile(join(root, 'there'), 'x')
  const [there, fresh] = [join(root, 'there'), join(root, 'new')]
  const opened = await shown.open(file, 'read')
  const writing = [
    shown.open(file, 'append'),
    shown.open(there, 'append'),
    shown.open(fresh, 'create'),
    shown.check(there, 'write'),
    shown.makeFolder(fresh),
    shown.rename(there, fresh),
    shown.link(there, fresh),
    shown.remove(there),
    shown.removeFolder(root),
    shown.copy(there, fresh),
    shown.changeOwner(there, 0, 0),
    shown.syncFile(there),
    shown.syncFolder(root),
    opened.write(Buffer.from('x')),
    opened.truncate(0),
    opened.sync(),
    opened.syncData(),
    opened.changeMode(0o600),
    opened.changeOwner(0, 0),
  ]

  for (const attempt of writing) expect(errorCode(await failureOf(attempt))).toBe('EROFS')

  expect(await readdir(root)).toEqual(['there'])
})

const content = Buffer.from('packed')
const packed: ShownFile = {
  status: {
    kind: 'file',
    sizeBytes: 3,
    mode: 0o600,
    uid: 0,
    gid: 0,
    inode: 1n,
    modifiedNs: 2n,
    changedNs: 3n,
  },
  sizeBytes: async () => content.byteLength,
  read: async (into, position) => content.copy(into, 0, position),
}

async function showing(path: string) {
  const root = await temporaryFolder()
  const file = join(root, path)
  return { root, file, shown: showFiles(createNodeFileSystem(), new Map([[file, packed]])) }
}

async function textOf(fileSystem: FileSystem, path: string): Promise<string> {
  const file = await fileSystem.open(path, 'read')
  const { sizeBytes } = await file.status()
  const into = new Uint8Array(sizeBytes)
  await file.read(into, 0)
  await file.close()
  return Buffer.from(into).toString()
}
