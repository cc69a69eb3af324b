import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import type { FileStoreOptions } from '../../../../electron/store/fileStore.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createMemoryStore } from '../../../../electron/store/memoryStore.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { RunWriter, Store } from '../../../../electron/store/store.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { hasProgram } from '../../../hasProgram.ts'
import {
  createClock,
  createdAt,
  createIds,
  day,
  failureOf,
  keyframe,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
} from './storeFixtures.ts'

const head = `runs/${day}/${runId}.json`
const journal = `runs/${day}/${runId}.jsonl`
const summary = '"summary": {"id":"x","name":"build"},\n'
const headText = `{\n"format": "unstuck", "version": 3,\n${summary}"run": {"text":"${'x'.repeat(9000)}"}\n}\n`
const durable = { durable: true } as const
const completed = { type: 'runCompleted' } as const

let [root, store]: [string, Store] = ['', undefined as unknown as Store] // set before each test
let problems: AppError[] = []

beforeEach(async () => {
  root = await temporaryFolder()
  problems = []
  store = await open()
})

describe('compressed at rest', () => {
  test('[T83] head and journal of a run that ended are compressed, and read as they were', async () => {
    const before = await makeEnded(await openFileStore(root))
    const writer = await store.open(runId, testing)
    await writer.release()

    expect(existsSync(join(root, head)) || existsSync(join(root, journal))).toBe(false)
    const sizes = [`${head}.zst`, `${journal}.zst`].map((path) => statSync(join(root, path)).size)
    for (const reader of [store, await openFileStore(root)]) {
      const after = await reader.read(runId)
      expect(after).toMatchObject({ ...before, archive: null, files: expect.anything() })
      expect(after.files).toEqual([
        { path: head, kind: 'head', sizeBytes: sizes[0] },
        { path: journal, kind: 'journal', sizeBytes: sizes[1] },
      ])
      expect(await reader.readDocument(head)).toEqual(before.head)
      expect(await reader.readSlice(head, { offset: 4, limitBytes: 6 })).toEqual({
        bytes: new TextEncoder().encode('ormat"'),
        sizeBytes: headText.length,
      })
      expect(await reader.list()).toMatchObject([
        {
          document: head,
          run: runId,
          archived: false,
          sizeBytes: (sizes[0] ?? 0) + (sizes[1] ?? 0),
        },
      ])
    }
    expect(problems).toEqual([])
  })

  test.runIf(hasProgram('zstd'))(
    '[T84] a compressed file begins with the start of the head, and zstd reads the rest',
    async () => {
      await makeEnded(store)

      for (const path of [`${head}.zst`, `${journal}.zst`]) {
        const bytes = readFileSync(join(root, path))
        expect(bytes.readUInt32LE(0)).toBe(0x184d2a50)
        expect(bytes.toString('utf8', 8, 8 + bytes.readUInt32LE(4))).toBe(
          headText.slice(0, headText.indexOf(summary) + summary.length),
        )
      }
      const text = execFileSync('zstd', ['-dc', join(root, `${head}.zst`)]).toString()
      expect(text).toBe(headText)
    },
  )

  test('[T83] a run that goes on is plain again, and compressed when it has ended again', async () => {
    await makeEnded(store)
    const writer = await store.open(runId, testing)
    expect(readFileSync(join(root, head), 'utf8')).toBe(headText)
    expect(existsSync(join(root, `${head}.zst`))).toBe(false)
    await writer.append([{ type: 'runResumed', ...resumed }], durable)
    await writer.release()
    expect(existsSync(join(root, journal))).toBe(true)

    const again = await store.open(runId, testing)
    await again.append([completed], durable)
    await again.release()

    expect(existsSync(join(root, `${journal}.zst`))).toBe(true)
    expect((await store.read(runId)).journal).toMatchObject({ flaws: [], records: { length: 5 } })
  })

  test('[T83] nothing is compressed without the setting, or before the run has ended', async () => {
    await makeEnded(await openFileStore(root))
    expect(existsSync(join(root, head))).toBe(true)
    rmSync(join(root, 'runs'), { recursive: true })
    await make(store, [keyframe()])
    expect(existsSync(join(root, head))).toBe(true)
  })

  test('[T85] a plain file stands before its compressed one', async () => {
    await makeEnded(store)
    const packed = readFileSync(join(root, `${head}.zst`))
    const plain = await openFileStore(root)
    const writer = await plain.open(runId, testing)
    await writer.replaceHead('{"newer":1}\n')
    await writer.release()
    writeFileSync(join(root, `${head}.zst`), packed)

    expect(Buffer.from((await store.read(runId)).head?.bytes ?? []).toString()).toBe(
      '{"newer":1}\n',
    )
    await (await plain.open(runId, testing)).release()

    // The older one is not the same, so it is kept.
    expect(existsSync(join(root, `${head}.zst`))).toBe(false)
    const [backup] = await store.backups(runId)
    expect(backup?.files).toEqual([`${head}.zst`])
  })

  test('[T85] mode and owner go with the files', async () => {
    await makeEnded(await openFileStore(root))
    chmodSync(join(root, head), 0o644)
    await (await store.open(runId, testing)).release()
    expect(statSync(join(root, `${head}.zst`)).mode & 0o777).toBe(0o644)
    await (await (await openFileStore(root)).open(runId, testing)).release()
    expect(statSync(join(root, head)).mode & 0o777).toBe(0o644)
  })

  test.runIf(process.getuid?.() === 0)(
    '[T85] what root compresses and puts back still belongs to whom it belonged',
    async () => {
      await makeEnded(await openFileStore(root))
      for (const path of [head, journal]) chownSync(join(root, path), 4711, 4712)

      await (await store.open(runId, testing)).release()
      const packed = statSync(join(root, `${head}.zst`))
      await (await (await openFileStore(root)).open(runId, testing)).release()
      const plain = statSync(join(root, head))

      for (const { uid, gid, mode } of [packed, plain])
        expect([uid, gid, mode & 0o777]).toEqual([4711, 4712, 0o600])
    },
  )

  test('[T114] without the right to give files away nothing is compressed or put back, and nothing is left', async () => {
    const before = await makeEnded(await openFileStore(root))
    chmodSync(join(root, journal), 0o640)
    const poor = await open({ fileSystem: withoutModes() })
    await (await poor.open(runId, testing)).release()
    expect(readdirSync(join(root, `runs/${day}`))).toEqual([`${runId}.json`, `${runId}.jsonl`])
    expect(problems).toMatchObject([{ code: 'read-only' }])

    await (await store.open(runId, testing)).release()
    expect(readdirSync(join(root, `runs/${day}`))).toHaveLength(2)
    expect(await failureOf(poor.open(runId, testing))).toMatchObject({ code: 'read-only' })
    expect(readdirSync(join(root, `runs/${day}`))).toEqual([
      `${runId}.json.zst`,
      `${runId}.jsonl.zst`,
    ])
    expect((await poor.read(runId)).rev).toBe(before.rev)
  })

  test('[T83] a run of which head or journal is missing stays as it is, for whoever repairs it', async () => {
    await makeEnded(await openFileStore(root))
    rmSync(join(root, head))

    await (await store.open(runId, testing)).release()

    expect(readdirSync(join(root, `runs/${day}`))).toEqual([`${runId}.jsonl`])
    expect(problems).toEqual([])
  })

  test('[T85] what was written while it was compressed stays, and its compressed form goes', async () => {
    await makeEnded(await openFileStore(root))
    const meddled = await open({
      fileSystem: afterRename(`${head}.zst`, () =>
        writeFileSync(join(root, head), '{"newer":1}\n'),
      ),
    })

    await (await meddled.open(runId, testing)).release()

    expect(problems).toMatchObject([
      { code: 'stale', message: expect.stringContaining('is not what was compressed') },
    ])
    expect(readFileSync(join(root, head), 'utf8')).toBe('{"newer":1}\n')
    expect(existsSync(join(root, `${head}.zst`))).toBe(false)
  })

  test('[T85] where the plain file is gone its compressed form stays: it is all there is', async () => {
    await makeEnded(await openFileStore(root))
    const meddled = await open({
      fileSystem: afterRename(`${head}.zst`, () => rmSync(join(root, head))),
    })

    await (await meddled.open(runId, testing)).release()

    expect(problems).toMatchObject([{ code: 'stale' }])
    expect(Buffer.from((await store.read(runId)).head?.bytes ?? []).toString()).toBe(headText)
  })

  test('[T114] what is put back and reads as something else goes again, and the compressed form stays', async () => {
    await makeEnded(store)
    const meddled = await open({
      fileSystem: afterRename(head, () => writeFileSync(join(root, head), 'rotten')),
    })

    expect(await failureOf(meddled.open(runId, testing))).toMatchObject({
      code: 'io',
      message: expect.stringContaining('reads as something else. Check the disk.'),
    })

    expect(existsSync(join(root, head))).toBe(false)
    expect(Buffer.from((await store.read(runId)).head?.bytes ?? []).toString()).toBe(headText)
  })

  test('[T86] a damaged compressed file is read up to its damage, which is a flaw; nothing throws', async () => {
    const before = await makeEnded(store)
    const whole = readFileSync(join(root, `${journal}.zst`))
    for (let at = 0; at < whole.byteLength; at += 5) {
      for (const damaged of [flip(whole, at), whole.subarray(0, at)]) {
        writeFileSync(join(root, `${journal}.zst`), damaged)
        const { journal: reading } = await store.read(runId)
        const records = reading?.records.map(({ record }) => record) ?? []
        expect(
          before.journal?.records.map(({ record }) => record).slice(0, records.length),
        ).toEqual(records)
        const isWhole = records.length === before.journal?.records.length
        if (!isWhole) expect(reading?.flaws.at(-1)?.kind).not.toBe('torn')
        if (!isWhole) expect(reading?.flaws.length).toBeGreaterThan(0)
      }
    }
  })

  test('[T86] a damaged compressed head is read up to its damage', async () => {
    await makeEnded(store)
    const packed = readFileSync(join(root, `${head}.zst`))
    writeFileSync(join(root, `${head}.zst`), packed.subarray(0, packed.byteLength - 5))

    const { head: found } = await store.read(runId)

    const text = Buffer.from(found?.bytes ?? []).toString()
    expect(headText.startsWith(text)).toBe(true)
  })

  test('[T86] opening a run with a damaged compressed file keeps it, and what is read stays the same', async () => {
    await makeEnded(store)
    const packed = readFileSync(join(root, `${journal}.zst`))
    const damaged = flip(packed, Math.floor(packed.byteLength * 0.7))
    writeFileSync(join(root, `${journal}.zst`), damaged)
    const before = await store.read(runId)

    const writer = await (await openFileStore(root)).open(runId, testing)
    expect(await failureOf(writer.append([setVariable('b')], durable))).toMatchObject({
      code: 'corrupt',
    })
    await writer.release()

    expect((await store.read(runId)).rev).toBe(before.rev)
    const [backup] = await store.backups(runId)
    const kept = await store.readBackup(runId, backup?.id ?? '', `${journal}.zst`)
    expect(Buffer.from(kept.bytes)).toEqual(damaged)
  })

  test('[T87] what is small and would become huge is refused, with the limit', async () => {
    await makeEnded(store)
    writeFileSync(join(root, `${head}.zst`), zstdCompressSync(Buffer.alloc(100_000_000)))

    expect(await failureOf(store.read(runId))).toMatchObject({
      code: 'corrupt',
      message: expect.stringMatching(/3071 bytes would become more than 16777216/),
    })
  })

  test('[T87] what could not be read back for its size is not compressed', async () => {
    await make(store, [keyframe(), completed], `{"text":"${'x'.repeat(20_000_000)}"}\n`)

    expect(existsSync(join(root, head))).toBe(true)
    expect((await store.read(runId)).head?.bytes.byteLength).toBe(20_000_012)
  })

  test('[T83] a store in memory does the same', async () => {
    const memory = createMemoryStore({
      now: createClock(),
      randomId: createIds(),
      compressesAtRest: () => true,
    })
    await makeEnded(memory)

    const { head: found, files } = await memory.read(runId)

    expect(Buffer.from(found?.bytes ?? []).toString()).toBe(headText)
    expect(files[0]?.sizeBytes).toBeLessThan(1000)
  })
})

const resumed = { by: 'ana', reason: null, reset: [] }

function open(options: Partial<FileStoreOptions> = {}): Promise<Store> {
  return openFileStore(root, {
    compressesAtRest: () => true,
    onProblem: (error) => void problems.push(error),
    ...options,
  })
}

/** The disk, as a user sees it to whom the files do not belong. */
function withoutModes(): FileSystem {
  const disk = createNodeFileSystem()
  const refused = Object.assign(new Error('EPERM'), { code: 'EPERM' })
  const changeMode = (): Promise<never> => Promise.reject(refused)
  return {
    ...disk,
    open: async (path, mode) => ({ ...(await disk.open(path, mode)), changeMode }),
  }
}

/** The disk, on which somebody does something as soon as a file has got this name. */
function afterRename(path: string, meddle: () => void): FileSystem {
  const disk = createNodeFileSystem()
  return {
    ...disk,
    rename: async (from, to) => {
      await disk.rename(from, to)
      if (to === join(root, path)) meddle()
    },
  }
}

async function makeEnded(at: Store) {
  await make(at, [keyframe(), setVariable('a'), completed])
  const { head: found, journal: reading, rev, id } = await at.read(runId)
  return { head: found, journal: reading, rev, id }
}

async function make(
  at: Store,
  bodies: Parameters<RunWriter['append']>[0],
  text = headText,
): Promise<void> {
  const writer = await at.create(runId, { ...testing, createdAt })
  await writer.append(bodies, durable)
  await writer.replaceHead(text)
  await writer.release()
}

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
