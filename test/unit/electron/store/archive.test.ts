import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { skippableFrame } from '../../../../electron/store/compressZstd.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { hasProgram } from '../../../hasProgram.ts'
import {
  createdAt,
  day,
  failureOf,
  keyframe,
  openFileStore,
  otherRunId,
  runId,
  setVariable,
  temporaryFolder,
  testing,
  writeRun,
} from './storeFixtures.ts'

const head = `runs/${day}/${runId}.json`
const journal = `runs/${day}/${runId}.jsonl`
const archive = `.unstuck/archive/${day}/${runId}.tar.zst`
const log = `logs/${runId}/build.1.log`
const headText = '{\n"format": "unstuck", "version": 3,\n"summary": {"id": "x"},\n"run": {}\n}\n'

let [root, store]: [string, Store] = ['', undefined as unknown as Store] // set before each test

beforeEach(async () => {
  root = await temporaryFolder()
  store = await openFileStore(root)
})

describe('archive', () => {
  test('[T73] an archived run is one file, and reads as it did before', async () => {
    await writeWhole()
    const before = await store.read(runId)
    const backups = await store.backups(runId)
    const logText = await store.readDocument(log)

    const archived = await store.archive(runId)

    expect(filesBelow(root).filter((path) => !path.startsWith('.unstuck/changes'))).toEqual([
      archive,
    ])
    expect(archived).toMatchObject({ run: runId, path: archive })
    expect(archived.sizeBytes).toBe(statSync(join(root, archive)).size)
    const other = await openFileStore(root)
    for (const reader of [store, other]) {
      const after = await reader.read(runId)
      expect(after).toMatchObject({
        head: before.head,
        journal: before.journal,
        rev: before.rev,
        holder: null,
        archive: { path: archive },
      })
      expect(after.files.map(({ path, kind }) => [path, kind])).toEqual(
        before.files.map(({ path, kind }) => [path, kind]),
      )
      expect(await reader.backups(runId)).toEqual(backups)
      expect(await reader.readBackup(runId, backups[0]?.id ?? '', head)).toMatchObject({
        document: head,
      })
      expect(await reader.readDocument(log)).toEqual(logText)
      expect(await reader.readSlice(log, { offset: 2, limitBytes: 3 })).toEqual({
        bytes: logText.bytes.subarray(2, 5),
        sizeBytes: logText.bytes.byteLength,
      })
      expect(reader.layout.head(runId)).toBe(head)
    }
  })

  test('[T73] it is listed with its size on the disk, and found by its id', async () => {
    await writeWhole()
    await store.archive(runId)
    const sizeBytes = statSync(join(root, archive)).size

    const entries = await store.list()

    expect(entries).toMatchObject([
      { document: head, run: runId, kind: 'run', archived: true, sizeBytes, problem: null },
    ])
    expect(await store.entry(runId)).toEqual(entries[0])
  })

  test('[T73] a run of any name and day is found in the archive', async () => {
    const run = RunId.parse('nightly')
    await writeRun(store, { run, bodies: [keyframe(run)], head: headText })
    await store.archive(run)

    const other = await openFileStore(root)

    expect(other.layout.journal(run)).toBe(`runs/${day}/nightly.jsonl`)
    expect(
      await other.readSlice(other.layout.head(run), { offset: 0, limitBytes: 5 }),
    ).toMatchObject({ sizeBytes: headText.length })
  })

  test.runIf(hasProgram('zstd'))(
    '[T74] other programs read an archive: zstd and tar give the files with their names',
    async () => {
      const long = RunId.parse(`long-${'x'.repeat(110)}`)
      await writeWhole(long)
      const before = contents(root, long)
      await store.archive(long)
      const target = await temporaryFolder()

      const path = join(root, `.unstuck/archive/${day}/${long}.tar.zst`)
      execFileSync('sh', ['-c', 'zstd -dc "$0" | tar x -C "$1"', path, target])

      expect(contents(target, long)).toEqual(before)
      expect(Object.keys(before).some((file) => file.length > 100)).toBe(true)
      expect(execFileSync('zstd', ['-t', path], { stdio: 'pipe' }).toString()).toBe('')
    },
  )

  test('[T75] what comes back is what was archived: bytes, names, modes, and the run goes on', async () => {
    await writeWhole()
    chmodSync(join(root, log), 0o640)
    const before = contents(root)
    await store.archive(runId)

    await store.unarchive(runId)

    expect(contents(root)).toEqual(before)
    expect(statSync(join(root, log)).mode & 0o777).toBe(0o640)
    expect(existsSync(join(root, archive))).toBe(false)
    const writer = await store.open(runId, testing)
    await writer.append([setVariable('b')], { durable: true })
    await writer.release()
    expect((await store.read(runId)).journal).toMatchObject({ flaws: [], records: { length: 3 } })
  })

  test('[T76] an archived run refuses every write, and says how it is brought back', async () => {
    await writeWhole()
    await store.archive(runId)
    writeFileSync(join(root, 'old.json'), '{}')
    const writes = [
      () => store.open(runId, testing),
      () => store.create(runId, { ...testing, createdAt }),
      () => store.moveToBackup('old.json', { run: runId, reason: 'test' }),
      () => store.copyToBackup('old.json', { run: runId, reason: 'test' }),
      () => store.restoreDocument(runId, 'a-b'),
    ]

    for (const write of writes) {
      expect(await failureOf(write())).toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(`Bring it back first: unstuck unarchive ${runId}`),
      })
    }
    expect(await store.heldRuns()).toEqual(new Set())
  })

  test('[T77] a run is archived only at rest: not while it is held, changed since, or without a head', async () => {
    await writeWhole()
    const { rev } = await store.read(runId)
    const writer = await store.open(runId, testing)
    expect(await failureOf(store.archive(runId))).toMatchObject({ code: 'locked' })
    await writer.append([setVariable('later')], { durable: true })
    await writer.release()
    expect(await failureOf(store.archive(runId, { rev }))).toMatchObject({ code: 'stale' })
    await writeRun(store, { run: otherRunId })
    expect(await failureOf(store.archive(otherRunId))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('has no head'),
    })
    expect(await failureOf(store.archive(RunId.parse('nobody')))).toMatchObject({
      code: 'not-found',
    })
    expect(existsSync(join(root, archive))).toBe(false)
  })

  test('[T78] archiving and bringing back again finish what was cut short', async () => {
    await writeWhole()
    const before = contents(root)
    const copy = await temporaryFolder()
    execFileSync('cp', ['-a', `${root}/.`, copy])
    await store.archive(runId)
    // Everything but the head is there again, as after a crash while the originals were removed.
    for (const path of Object.keys(before).filter((one) => one !== head)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      execFileSync('cp', ['-a', join(copy, path), join(root, path)])
    }
    expect(await store.entry(runId)).toMatchObject({ archived: true })
    expect((await store.read(runId)).archive).toMatchObject({ path: archive })
    await store.archive(runId)
    expect(contents(root)).toEqual({})

    // With the head the whole run is there: it is the live one, and its archive is left over.
    execFileSync('cp', ['-a', `${copy}/.`, root])
    expect(await store.entry(runId)).toMatchObject({ archived: false })
    expect((await store.read(runId)).archive).toBeNull()
    await store.unarchive(runId)
    expect(contents(root)).toEqual(before)
    expect(existsSync(join(root, archive))).toBe(false)
    expect(await store.unarchive(runId)).toBeNull()
  })

  test('[T78] an archive of other files than those of the live run is never taken away', async () => {
    await writeWhole()
    await store.archive(runId)
    const kept = readFileSync(join(root, archive))
    await store.unarchive(runId)
    const writer = await store.open(runId, testing)
    await writer.append([setVariable('later')], { durable: true })
    await writer.release()
    putArchive(kept)

    const refused = { code: 'invalid-input', message: expect.stringContaining('another archive') }
    expect(await failureOf(store.archive(runId))).toMatchObject(refused)
    expect(await failureOf(store.unarchive(runId))).toMatchObject(refused)
    await (await store.open(runId, testing)).release()
    expect(readFileSync(join(root, archive))).toEqual(kept)
  })

  test('[T78] a file in the way is not replaced, and nothing is put back', async () => {
    await writeWhole()
    await store.archive(runId)
    mkdirSync(dirname(join(root, log)), { recursive: true })
    writeFileSync(join(root, log), 'another log')

    expect(await failureOf(store.unarchive(runId))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(`${log} exists`),
    })
    expect(Object.keys(contents(root))).toEqual([log])
    expect((await store.read(runId)).archive).not.toBeNull()
  })

  test('[T79] a damaged archive says where, wherever its damage is, or comes back whole', async () => {
    await writeWhole()
    const before = contents(root)
    await store.archive(runId)
    const whole = readFileSync(join(root, archive))
    const headStart = whole.readUInt32LE(4) + 8
    for (let at = headStart; at < whole.byteLength; at += 29) {
      for (const damaged of [flip(whole, at), whole.subarray(0, at)]) {
        putArchive(damaged)
        const reader = await openFileStore(root)
        const [back] = await Promise.allSettled([reader.unarchive(runId)])
        if (back?.status === 'fulfilled') {
          expect(contents(root)).toEqual(before)
          rmSync(join(root, 'runs'), { recursive: true })
          continue
        }
        expect(back?.reason).toMatchObject({
          code: 'corrupt',
          message: expect.stringMatching(/is damaged: .* zstd -dc/),
        })
        expect(readFileSync(join(root, archive))).toEqual(damaged)
        expect(existsSync(join(root, head))).toBe(false)
        rmSync(join(root, 'logs'), { recursive: true, force: true })
        rmSync(join(root, journal), { force: true })
        rmSync(join(root, '.unstuck/backups'), { recursive: true, force: true })
      }
    }
  })

  test.each([
    ['a frame behind its end', (table: Table) => ({ ...table, frames: far(table.frames) })],
    ['a file behind its frames', (table: Table) => ({ ...table, files: far(table.files) })],
    ['another run', (table: Table) => ({ ...table, run: otherRunId })],
    ['a file outside', (table: Table) => ({ ...table, files: named(table, '../../etc/x') })],
    ['a file of another run', (table: Table) => ({ ...table, files: named(table, 'logs/b/x') })],
  ])('[T81] a table of contents that names %s is refused', async (_what, change) => {
    await writeWhole()
    await store.archive(runId)
    const path = join(root, archive)
    writeFileSync(path, withTable(readFileSync(path), change))
    const reader = await openFileStore(root)

    expect(await failureOf(reader.read(runId))).toMatchObject({ code: 'corrupt' })
    expect(await failureOf(reader.unarchive(runId))).toMatchObject({ code: 'corrupt' })
    expect(contents(root)).toEqual({})
  })

  test('[T80] a large log is archived and read in pieces, at any offset', async () => {
    await writeWhole()
    const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index}\n`).join('')
    writeFileSync(join(root, log), lines)
    await store.archive(runId)

    const { bytes, sizeBytes } = await store.readSlice(log, { offset: 3_000_000, limitBytes: 999 })

    expect(sizeBytes).toBe(lines.length)
    expect(Buffer.from(bytes).toString()).toBe(lines.slice(3_000_000, 3_000_999))
    await store.unarchive(runId)
    expect(readFileSync(join(root, log), 'utf8')).toBe(lines)
  })
})

test('[T130] a table of contents larger than any that is written is refused unread', async () => {
  await writeWhole()
  await store.archive(runId)
  const foot = Buffer.alloc(44)
  foot.writeUInt32LE(1.5e9, 32)
  foot.write('unstuck1', 36)
  const path = join(root, archive)
  truncateSync(path, 2e9)
  appendFileSync(path, foot)
  const before = process.memoryUsage().rss

  expect(await failureOf(store.read(runId))).toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('table of contents is too large'),
  })

  expect(process.memoryUsage().rss - before).toBeLessThan(500e6)
})

describe('[T128] a lock that a person broke in the middle', () => {
  test.each(['syncFile', 'rename'] as const)(
    '[T128] keeps the run where it is, after a %s',
    async (operation) => {
      await writeWhole()
      const before = contents(root)
      const disk = createNodeFileSystem()
      const archiver = await openFileStore(root, {
        fileSystem: {
          ...disk,
          syncFile: async (path) => {
            await disk.syncFile(path)
            if (operation === 'syncFile') await breakLock()
          },
          rename: async (from, to) => {
            await disk.rename(from, to)
            if (operation === 'rename') await breakLock()
          },
        },
      })

      expect(await failureOf(archiver.archive(runId))).toMatchObject({ code: 'locked' })

      expect(contents(root)).toEqual(before)
      expect((await store.read(runId)).archive).toBeNull()
      expect(existsSync(join(root, archive))).toBe(operation === 'rename')
      await (await store.open(runId, testing)).release()
      expect(existsSync(join(root, archive))).toBe(false)
    },
  )

  test('[T128] keeps the archive while it is brought back', async () => {
    await writeWhole()
    await store.archive(runId)
    const disk = createNodeFileSystem()
    const reader = await openFileStore(root, {
      fileSystem: {
        ...disk,
        rename: async (from, to) => {
          await disk.rename(from, to)
          await breakLock()
        },
      },
    })

    expect(await failureOf(reader.unarchive(runId))).toMatchObject({ code: 'locked' })

    expect(existsSync(join(root, archive))).toBe(true)
    expect((await store.read(runId)).archive).not.toBeNull()
    await store.unarchive(runId)
    expect(existsSync(join(root, archive))).toBe(false)
  })
})

describe('[T129] the folder of a day', () => {
  test('[T129] goes with its last archive', async () => {
    await writeWhole()
    await writeWhole(otherRunId)
    await store.archive(runId)
    await store.archive(otherRunId)
    await store.unarchive(runId)
    expect(readdirSync(join(root, '.unstuck/archive'))).toEqual([day])
    await store.unarchive(otherRunId)
    expect(readdirSync(join(root, '.unstuck/archive'))).toEqual([])
  })

  test('[T129] is made again when it goes just before an archive is written into it', async () => {
    await writeWhole()
    await writeWhole(otherRunId)
    await store.archive(otherRunId)
    const disk = createNodeFileSystem()
    let isFirst = true
    const archiver = await openFileStore(root, {
      fileSystem: {
        ...disk,
        open: async (path, mode) => {
          if (isFirst && mode === 'create' && path.endsWith('.tmp') && path.includes('tar.zst')) {
            isFirst = false
            await store.unarchive(otherRunId)
          }
          return disk.open(path, mode)
        },
      },
    })

    await archiver.archive(runId)

    expect((await store.read(runId)).archive).not.toBeNull()
    expect((await store.read(otherRunId)).archive).toBeNull()
  })
})

describe('a run that is moved while it is read', () => {
  test.each([1, 2, 3, 4])(
    '[T113] is read where it is then, at whatever moment it is brought back (%i)',
    async (at) => {
      await writeWhole()
      const { head: wholeHead, journal: wholeJournal, rev } = await store.read(runId)
      await store.archive(runId)
      const reader = await openWith('open', { path: archive, at }, () => store.unarchive(runId))
      const expected = { head: wholeHead, journal: wholeJournal, rev }

      expect(await reader.read(runId)).toMatchObject(expected)
      // Known to be in the archive, whose table of contents is read again.
      if (existsSync(join(root, archive))) utimesSync(join(root, archive), 1, 1)
      expect(await reader.read(runId)).toMatchObject(expected)
      expect((await store.read(runId)).archive).toBeNull()
    },
  )

  test.each([1, 2])('[T113] gives its backups and files, too (%i)', async (at) => {
    await writeWhole()
    const [backup] = await store.backups(runId)
    const logText = await store.readDocument(log)
    const bringBack = (): Promise<unknown> => store.unarchive(runId)
    for (const read of [
      (reader: Store) => reader.backups(runId),
      (reader: Store) => reader.readBackup(runId, backup?.id ?? '', head),
      (reader: Store) => reader.readDocument(log),
      (reader: Store) => reader.readSlice(log, { offset: 0, limitBytes: 99 }),
    ]) {
      const before = await read(store)
      await store.archive(runId)
      const reader = await openWith('open', { path: archive, at }, bringBack)
      expect(await read(reader)).toEqual(before)
      if ((await store.read(runId)).archive !== null) await store.unarchive(runId)
    }
    expect(await store.readDocument(log)).toEqual(logText)
  })

  test('[T113] has all of its backups while it goes into the archive', async () => {
    await writeWhole()
    const before = await store.backups(runId)
    const path = `.unstuck/backups/${runId}`
    const reader = await openWith('list', { path, at: 1 }, () => store.archive(runId))

    expect(await reader.backups(runId)).toEqual(before)
    expect((await reader.read(runId)).archive).not.toBeNull()
  })
})

/** A store during whose nth call on a path something else happens first. */
async function openWith(
  call: 'open' | 'list',
  { path, at }: { readonly path: string; readonly at: number },
  meanwhile: () => Promise<unknown>,
): Promise<Store> {
  const disk = createNodeFileSystem()
  let count = 0
  const before = async (name: string, full: string): Promise<void> => {
    if (name !== call || full !== join(root, path)) return
    count += 1
    if (count === at) await meanwhile()
  }
  return openFileStore(root, {
    fileSystem: {
      ...disk,
      open: async (full, mode) => {
        await before('open', full)
        return disk.open(full, mode)
      },
      list: async (full) => {
        await before('list', full)
        return disk.list(full)
      },
    },
  })
}

function putArchive(bytes: Buffer): void {
  mkdirSync(dirname(join(root, archive)), { recursive: true })
  writeFileSync(join(root, archive), bytes)
}

async function breakLock(): Promise<void> {
  const { holder } = await store.read(runId)
  if (holder !== null) await store.breakLock(holder)
}

async function writeWhole(run = runId): Promise<void> {
  await writeRun(store, { run, bodies: [keyframe(run), setVariable('a')], head: headText })
  const writer = await store.open(run, testing)
  await writer.backup('first')
  await writer.release()
  mkdirSync(join(root, `logs/${run}`), { recursive: true })
  writeFileSync(join(root, `logs/${run}/build.1.log`), 'it was built\n')
  writeFileSync(join(root, `logs/${run}/empty.1.log`), '')
}

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

type Table = {
  readonly frames: readonly { readonly offset: number }[]
  readonly files: readonly { readonly path: string; readonly offset: number }[]
}

function far<T extends object>(rows: readonly T[]): readonly T[] {
  return rows.map((row) => ({ ...row, offset: 1e9 }))
}

function named({ files }: Table, path: string): Table['files'] {
  return files.map((file) => ({ ...file, path }))
}

/** The same archive with another table of contents behind its frames, whose digest fits. */
function withTable(bytes: Buffer, change: (table: Table) => object): Buffer {
  const size = bytes.readUInt32LE(bytes.byteLength - 12)
  const start = bytes.byteLength - 44 - size
  const table = JSON.parse(bytes.toString('utf8', start, start + size)) as Table
  const text = Buffer.from(JSON.stringify(change(table)))
  const foot = Buffer.alloc(4)
  foot.writeUInt32LE(text.byteLength)
  const sum = createHash('sha256').update(text).digest()
  const content = Buffer.concat([text, sum, foot, Buffer.from('unstuck1')])
  return Buffer.concat([bytes.subarray(0, start - 8), skippableFrame(content)])
}

/** Bytes of the files of a run, by path. */
function contents(folder: string, run = runId): Record<string, string> {
  const paths = filesBelow(folder).filter(
    (path) => path.includes(run) && !path.startsWith('.unstuck/archive'),
  )
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'hex')]))
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()
}
