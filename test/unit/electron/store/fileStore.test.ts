import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { onPlatform } from './onPlatform.ts'
import {
  createdAt,
  createIds,
  day,
  failureOf,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
  writeRun,
} from './storeFixtures.ts'

const durable = { durable: true } as const
const isRoot = process.getuid?.() === 0

async function* parts() {
  yield Buffer.from('x')
}

describe('what a caller gets wrong', () => {
  test('[T172] a time that is none makes no run', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)

    const failure = await failureOf(store.create(runId, { ...testing, createdAt: 'yesterday' }))

    expect(failure).toMatchObject({
      code: 'invalid-input',
      message: '"yesterday" is no time. Expected 2026-01-02T03:04:05.678Z.',
    })
    expect(await allFiles(root)).toEqual([])
  })

  test.each([
    ['a file of another run', day, `runs/${day}/other-20260103t030405z-c3d4.json`],
    ['a file of another day', day, `runs/2026-01-03/${runId}.json`],
    ['a file of no run', day, 'flow.yaml'],
    ['a day that is none', 'today', null],
  ])(
    '[T172] %s is not written as one of a run that comes from elsewhere',
    async (_what, of, path) => {
      const root = await temporaryFolder()
      const store = await openFileStore(root)
      const files = path === null ? [] : [{ path, parts }]

      const failure = await failureOf(store.adopt(runId, { day: of, files }))

      expect(failure).toMatchObject({
        code: 'bug',
        message: `${path ?? of} is no place of run ${runId}.`,
      })
      expect(await allFiles(root)).toEqual([])
    },
  )

  test('[T172] a document of Unstuck itself is no state document', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store)
    const document = `.unstuck/locks/${runId}.json`
    const options = { run: runId, reason: 'r' }

    expect(await failureOf(store.moveToBackup(document, options))).toMatchObject({
      code: 'invalid-input',
      message: `${document} is not a state document.`,
    })
    expect(await store.backups(runId)).toEqual([])
  })

  test('[T172] the journal of a run that is damaged is not thinned', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { bodies: ['a', 'b', 'c'].map((name) => setVariable(name)) })
    const path = join(root, store.layout.journal(runId))
    const damaged = (await readFile(path, 'utf8')).replace('"b"', '"x"')
    await writeFile(path, damaged)
    const writer = await store.open(runId, testing)

    const failure = await failureOf(writer.compact({ gaps: [], backup: 'none' }))
    await writer.release()

    expect(failure).toMatchObject({
      code: 'corrupt',
      message: `The journal of run ${runId} is damaged, so it was not thinned. Repair the run first.`,
    })
    expect(await readFile(path, 'utf8')).toBe(damaged)
  })
})

/** A run whose head cannot be renamed so many times, and how often that was tried. */
async function withBusyHead(times: number) {
  const root = await temporaryFolder()
  const disk = createNodeFileSystem()
  const tried = { count: 0 }
  const store = await openFileStore(root, {
    fileSystem: {
      ...disk,
      rename: async (from, to) => {
        const isBusy = to.endsWith(`${runId}.json`) && (tried.count += 1) <= times
        if (isBusy) throw Object.assign(new Error(), { code: 'EBUSY' })
        return disk.rename(from, to)
      },
    },
  })
  const writer = await store.create(runId, { ...testing, createdAt })
  await writer.append([setVariable('a')], durable)
  return { writer, tried, head: join(root, store.layout.head(runId)) }
}

describe('a file that another program has open', () => {
  test('[T173] on Windows is replaced as soon as it is free', async () => {
    const { writer, tried, head } = await withBusyHead(2)
    onPlatform('win32')

    await writer.replaceHead('{}\n')
    await writer.release()

    expect([tried.count, await readFile(head, 'utf8')]).toEqual([3, '{}\n'])
  })

  test('[T173] elsewhere is refused at once, and the old one stays', async () => {
    const { writer, tried } = await withBusyHead(2)
    onPlatform('linux')

    expect(await failureOf(writer.replaceHead('{}\n'))).toMatchObject({
      code: 'io',
      message: expect.stringContaining('another program uses it. Close that program'),
    })
    expect(tried.count).toBe(1)
    await writer.release()
  })
})

describe('a disk that takes or gives nothing', () => {
  test('[T41] a write of which no byte is taken is a failure, not a wait', async () => {
    const root = await temporaryFolder()
    const disk = createNodeFileSystem()
    const store = await openFileStore(root, {
      fileSystem: {
        ...disk,
        open: async (path, mode) => {
          const file = await disk.open(path, mode)
          return path.endsWith('.jsonl') ? { ...file, write: async () => 0 } : file
        },
      },
    })
    const writer = await store.create(runId, { ...testing, createdAt })

    expect(await failureOf(writer.append([setVariable('a')], durable))).toMatchObject({
      code: 'io',
      message: expect.stringContaining('the disk reports an error'),
    })
    await writer.release()
  })
})

describe('a workspace on disk', () => {
  test('[T22] opening, listing, reading and watching leave no trace', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    const stop = store.watch(() => {})

    await store.list()
    await failureOf(store.read(runId))
    await failureOf(store.open(runId, testing))
    await store.backups(runId)
    await store.trashed()
    stop()
    await store.close()

    expect(store.access).toEqual({ writable: true })
    expect(await readdir(root)).toEqual([])
  })

  test('[T22] a run that was read leaves nothing new', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{}\n' })
    const before = await allFiles(root)

    await (await openFileStore(root)).read(runId)

    expect(await allFiles(root)).toEqual(before)
  })

  test('[T23] new files are for their owner only', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{}\n' })
    const writer = await store.open(runId, testing)
    await writer.backup('before')
    await store.logOperation({ call: 'x', item: 'y', by: 'z', phase: 'requested', outcome: null })
    await writer.release()

    const modes = (await allFiles(root)).map(({ isFolder, mode }) => [isFolder, mode.toString(8)])

    expect(new Set(modes.map(String))).toEqual(new Set(['true,700', 'false,600']))
  })

  test('[T23] a replaced file keeps its mode', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{}\n' })
    const path = join(root, store.layout.head(runId))
    await chmod(path, 0o640)
    const writer = await store.open(runId, testing)
    await writer.replaceHead('{"a":1}\n')
    await writer.release()

    expect((await stat(path)).mode & 0o777).toBe(0o640)
  })

  test.runIf(isRoot)(
    '[T23] work of an administrator stays with the owner of the folder',
    async () => {
      const root = await temporaryFolder()
      await chown(root, 1234, 2345)
      const store = await openFileStore(root)
      await writeRun(store, { head: '{}\n' })
      const writer = await store.open(runId, testing)
      await writer.replaceHead('{"a":1}\n')
      await writer.backup('before')
      await writer.release()

      const owners = (await allFiles(root)).map(({ uid, gid }) => `${uid}:${gid}`)

      expect(new Set(owners)).toEqual(new Set(['1234:2345']))
    },
  )

  test('[T24] a link in the place of a file or folder is neither read nor written', async () => {
    const root = await temporaryFolder()
    const outside = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{}\n' })
    await writeFile(join(outside, 'secret.json'), '{"secret":1}')
    await symlink(join(outside, 'secret.json'), join(root, 'link.json'))
    await symlink(outside, join(root, 'folder'))
    const writer = await store.open(runId, testing)
    await rename(join(root, store.layout.head(runId)), join(root, 'moved.json'))
    await symlink(join(outside, 'secret.json'), join(root, store.layout.head(runId)))

    for (const path of ['link.json', 'folder/secret.json', store.layout.head(runId)]) {
      expect(await failureOf(store.readDocument(path))).toMatchObject({ code: 'invalid-input' })
    }
    expect(await failureOf(writer.replaceHead('{}'))).toMatchObject({ code: 'invalid-input' })
    expect(await failureOf(writer.backup('x'))).toMatchObject({ code: 'invalid-input' })
    await writer.release()
    expect(await readFile(join(outside, 'secret.json'), 'utf8')).toBe('{"secret":1}')
  })

  test('[T24] a folder of its own that is a link is not written through', async () => {
    const root = await temporaryFolder()
    const outside = await temporaryFolder()
    await symlink(outside, join(root, '.unstuck'))
    const store = await openFileStore(root)

    expect(await failureOf(store.create(runId, { ...testing, createdAt }))).toMatchObject({
      code: 'invalid-input',
    })
    expect(await readdir(outside)).toEqual([])
  })

  test('[T25] a disk that is mounted read-only is found out by the first write', async () => {
    const root = await temporaryFolder()
    await writeRun(await openFileStore(root))
    const store = await openFileStore(root, { fileSystem: readOnlyAfterOpening() })
    const before = store.access

    const failure = await failureOf(store.open(runId, testing))

    expect(before).toEqual({ writable: true })
    expect(failure).toMatchObject({ code: 'read-only', details: { code: 'EROFS' } })
    expect(store.access).toMatchObject({ writable: false })
    expect((await store.read(runId)).journal?.records).toHaveLength(1)
  })

  test('[T25] a folder that says it may not be written is opened read-only', async () => {
    const root = await temporaryFolder()
    const real = createNodeFileSystem()
    const fileSystem: FileSystem = { ...real, check: () => Promise.reject(coded('EACCES')) }

    const store = await openFileStore(root, { fileSystem })

    expect(store.access).toEqual({
      writable: false,
      reason:
        'The workspace cannot be written: permission denied. Ask its owner for access (EACCES).',
    })
  })

  test('a folder that does not exist, or is a file, is not opened', async () => {
    const root = await temporaryFolder()
    await writeFile(join(root, 'file'), '')

    expect(await failureOf(openFileStore(join(root, 'none')))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(openFileStore(join(root, 'file')))).toMatchObject({
      code: 'invalid-input',
    })
  })

  test('[T26] who changed a run is noted before its lock is free', async () => {
    const root = await temporaryFolder()
    const real = createNodeFileSystem()
    const order: string[] = []
    const fileSystem: FileSystem = {
      ...real,
      remove: async (path) => {
        if (path.endsWith(`locks/${runId}.json`)) {
          order.push(await readFile(join(root, '.unstuck/changes'), 'utf8'))
        }
        return real.remove(path)
      },
    }
    await writeRun(await openFileStore(root, { fileSystem }))

    expect(order.at(-1)?.trimEnd().split('\n')).toContain(runId)
  })

  test('[T26] a list of changes that has grown too long begins anew', async () => {
    const root = await temporaryFolder()
    await mkdir(join(root, '.unstuck'))
    await writeFile(join(root, '.unstuck/changes'), 'x\n'.repeat(600_000))

    await writeRun(await openFileStore(root))

    const changes = await readFile(join(root, '.unstuck/changes'), 'utf8')
    expect(new Set(changes.trimEnd().split('\n'))).toEqual(new Set([runId]))
  })

  test('[T26] a change notice that cannot be written is told, and does not stop the run', async () => {
    const root = await temporaryFolder()
    await mkdir(join(root, '.unstuck/changes'), { recursive: true })
    const problems: AppError[] = []
    const store = await openFileStore(root, { onProblem: (error) => problems.push(error) })

    await writeRun(store)

    expect((await store.read(runId)).journal?.records).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code: 'io' })
  })

  test('an operations log whose last line was cut short goes on in a line of its own', async () => {
    const root = await temporaryFolder()
    await mkdir(join(root, '.unstuck'))
    await writeFile(join(root, '.unstuck/operations.jsonl'), '{"cut')
    const store = await openFileStore(root)
    await store.logOperation({ call: 'x', item: 'y', by: 'z', phase: 'requested', outcome: null })

    const lines = (await readFile(join(root, '.unstuck/operations.jsonl'), 'utf8')).split('\n')

    expect(lines.map((line) => line.slice(0, 5))).toEqual(['{"cut', '{"at"', ''])
  })
})

describe('a journal on disk', () => {
  test('[T9] a torn last line is backed up and cut before the next record', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store)
    const path = join(root, store.layout.journal(runId))
    const whole = await readFile(path, 'utf8')
    await writeFile(path, `${whole}{"seq":2,"at":"20`)
    const before = await store.read(runId)
    const writer = await store.open(runId, testing)
    await writer.append([setVariable('b')], durable)
    await writer.release()

    const after = await store.read(runId)
    const [backup] = await store.backups(runId)
    const kept = await store.readBackup(runId, backup?.id ?? '', store.layout.journal(runId))

    expect(before.journal?.flaws).toMatchObject([{ kind: 'torn' }])
    expect(after.journal).toMatchObject({ flaws: [], records: [{ line: 1 }, { line: 2 }] })
    expect(Buffer.from(kept.bytes).toString()).toBe(`${whole}{"seq":2,"at":"20`)
  })

  test('[T9] a journal that is damaged at its end takes no record until it is repaired', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { bodies: [setVariable('a'), setVariable('b')] })
    const path = join(root, store.layout.journal(runId))
    await writeFile(path, (await readFile(path, 'utf8')).replace('"name":"b"', '"name":"c"'))
    const writer = await store.open(runId, testing)

    expect(await failureOf(writer.append([setVariable('x')], durable))).toMatchObject({
      code: 'corrupt',
      message: `The journal of run ${runId} is damaged at its end, so nothing was added. Repair the run first.`,
    })
    await writer.release()
  })

  test('[T10] what another program wrote under our lock is never written over', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store)
    const writer = await store.open(runId, testing)
    await writer.append([setVariable('b')], durable)
    const path = join(root, store.layout.journal(runId))
    await writeFile(path, 'foreign\n', { flag: 'a' })
    const size = (await stat(path)).size

    expect(await failureOf(writer.append([setVariable('c')], durable))).toMatchObject({
      code: 'stale',
    })
    expect((await stat(path)).size).toBe(size)
    await writer.release()
  })

  test('a line that is being written while it is read is not called torn', async () => {
    const root = await temporaryFolder()
    await writeRun(await openFileStore(root))
    const real = createNodeFileSystem()
    let isFirst = true
    const fileSystem: FileSystem = {
      ...real,
      open: async (path, mode) => {
        const file = await real.open(path, mode)
        if (!path.endsWith('.jsonl') || !isFirst) return file
        isFirst = false
        // As if the writer had come that far.
        const early = async () => {
          const status = await file.status()
          return { ...status, sizeBytes: status.sizeBytes - 9 }
        }
        return { ...file, status: early }
      },
    }

    const { journal } = await (await openFileStore(root, { fileSystem })).read(runId)

    expect(journal).toMatchObject({ flaws: [], records: [{ line: 1 }] })
  })

  test('[T174] a run that is carried on and given back while it is read is read again', async () => {
    const root = await temporaryFolder()
    const writing = await openFileStore(root)
    await writeRun(writing, { head: '{}\n' })
    const writer = await writing.open(runId, testing)
    const real = createNodeFileSystem()
    let reads = 0
    const fileSystem: FileSystem = {
      ...real,
      // The lock is looked at after the journal: by then its holder is done.
      open: async (path, mode) => {
        if (path.endsWith('.jsonl') && mode === 'read') reads += 1
        if (path.includes('/locks/') && reads === 1) {
          await writer.append([setVariable('b')], { durable: true })
          await writer.release()
        }
        return real.open(path, mode)
      },
    }

    const read = await (await openFileStore(root, { fileSystem })).read(runId)

    expect(read).toMatchObject({ holder: null, journal: { flaws: [], records: [{}, {}] } })
  })

  test('a damaged backup is not put back, and nothing is changed', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store, { head: '{"a":1}\n' })
    const writer = await store.open(runId, testing)
    const { id } = await writer.backup('before')
    await writer.replaceHead('{"a":2}\n')
    const copy = join(root, '.unstuck/backups', runId, id, 'files', store.layout.head(runId))
    await writeFile(copy, '{"a":9}\n')

    expect(await failureOf(writer.restoreBackup(id))).toMatchObject({ code: 'corrupt' })
    expect(Buffer.from((await store.read(runId)).head?.bytes ?? []).toString()).toBe('{"a":2}\n')
    await writer.release()
  })
})

describe('trash on disk', () => {
  test('[T14] a move that was cut short is finished by the next look at the trash', async () => {
    const { root, store, id } = await interruptedTrash()

    expect(await store.trashed()).toMatchObject([{ id, run: runId }])
    expect(await store.list()).toEqual([])
    expect(await manifestState(root, id)).toBe('trashed')
  })

  test('[T14] a move that was cut short is rolled back when somebody went on with the run', async () => {
    const { root, store } = await interruptedTrash()
    const writer = await store.open(runId, testing)
    await writer.append([setVariable('went on')], durable)
    await writer.release()

    expect(await store.trashed()).toEqual([])
    expect(await store.read(runId)).toMatchObject({
      head: { document: `runs/${day}/${runId}.json` },
      journal: { flaws: [], records: { length: 2 } },
    })
    expect(await readFile(join(root, 'logs', runId, 'build.1.log'), 'utf8')).toBe('output')
  })

  test('[T14] a move that was cut short waits while the run is held', async () => {
    const { root, store, id } = await interruptedTrash()
    const writer = await store.open(runId, testing)

    expect(await store.trashed()).toMatchObject([{ id }])
    expect(await manifestState(root, id)).toBe('moving')
    await writer.release()
  })
})

/** As if the process had died after the head was moved and before the journal was. */
async function interruptedTrash() {
  const root = await temporaryFolder()
  const real = createNodeFileSystem()
  const dying = await openFileStore(root, {
    fileSystem: {
      ...real,
      rename: (from, to) =>
        from.endsWith('.jsonl') ? Promise.reject(coded('EIO')) : real.rename(from, to),
    },
  })
  await writeRun(dying, { head: '{}\n' })
  await mkdir(join(root, 'logs', runId), { recursive: true })
  await writeFile(join(root, 'logs', runId, 'build.1.log'), 'output')
  const writer = await dying.open(runId, testing)
  await failureOf(writer.trash({ reason: 'old', workflow: null, keepDays: 1 }))
  await writer.release()
  const [id = ''] = await readdir(join(root, '.unstuck/trash'))
  return { root, id, store: await openFileStore(root, { randomId: createIds('z') }) }
}

async function manifestState(root: string, id: string): Promise<unknown> {
  const text = await readFile(join(root, '.unstuck/trash', id, 'manifest.json'), 'utf8')
  const manifest: { state: unknown } = JSON.parse(text)
  return manifest.state
}

function refuse(): Promise<never> {
  return Promise.reject(coded('EROFS'))
}

function readOnlyAfterOpening(): FileSystem {
  const real = createNodeFileSystem()
  return {
    ...real,
    open: (path, mode) => (mode === 'read' ? real.open(path, mode) : refuse()),
    makeFolder: refuse,
    rename: refuse,
    link: refuse,
    remove: refuse,
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code })
}

async function allFiles(root: string) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const { mode, uid, gid, size, mtimeMs } = await stat(path)
      return { path, isFolder: entry.isDirectory(), mode: mode & 0o777, uid, gid, size, mtimeMs }
    }),
  )
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
