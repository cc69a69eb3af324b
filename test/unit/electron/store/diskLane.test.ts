import { existsSync } from 'node:fs'
import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDiskSlot } from '../../../../electron/store/diskMessages.ts'
import type { OpenMode } from '../../../../electron/store/fileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import { CheckpointId } from '../../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../../shared/schema/journal.ts'
import {
  createdAt,
  failureOf,
  openFileStore,
  runId,
  setVariable,
  temporaryFolder,
  testing,
} from './storeFixtures.ts'

const durable = { durable: true } as const

describe('the size of a journal', () => {
  test('[T137] is that of the open file, when its name tells an older one', async () => {
    const { writer, store, tellOlderSize } = await openWriter()
    tellOlderSize()

    await writer.append([setVariable('b')], durable)

    const run = await store.read(runId)
    expect(run.journal).toMatchObject({ flaws: [], records: { length: 2 } })
  })

  test('[T137] is told as expected and found, when the open file differs, too', async () => {
    const { writer, path, tellOlderSize } = await openWriter()
    const expectedBytes = writer.journalBytes()
    await appendFile(path, 'foreign\n')
    const before = await readFile(path, 'utf8')
    tellOlderSize()

    const failure = await failureOf(writer.append([setVariable('b')], durable))

    const foundBytes = expectedBytes + 8
    expect(failure).toMatchObject({
      code: 'stale',
      message: expect.stringContaining(`${expectedBytes} bytes, and it has ${foundBytes} bytes`),
      details: { expectedBytes, foundBytes },
    })
    expect(await readFile(path, 'utf8')).toBe(before)
  })

  test('[T137] does not count where another file took the name', async () => {
    const { writer, path } = await openWriter()
    const before = await readFile(path)
    await writeFile(`${path}.other`, before)
    await rename(`${path}.other`, path)

    const failure = await failureOf(writer.append([setVariable('b')], durable))

    expect(failure).toMatchObject({
      code: 'stale',
      message: expect.stringContaining('in another file'),
    })
    expect(await readFile(path)).toEqual(before)
  })
})

describe('a journal that is gone', () => {
  test('[T137] is told, and made anew neither by who has it open nor by who opens it', async () => {
    const { writer, store, path } = await openWriter()
    const expectedBytes = writer.journalBytes()
    await rm(path)
    const gone = {
      code: 'stale',
      message: expect.stringContaining(`should have ${expectedBytes} bytes, and it is gone.`),
      details: { expectedBytes, foundBytes: null },
    }

    expect(await failureOf(writer.append([setVariable('b')], durable))).toMatchObject(gone)
    expect(existsSync(path)).toBe(false)

    await writer.release()
    expect(await failureOf(store.read(runId))).toMatchObject({ code: 'not-found' })
  })

  test('[T137] is told by who opened the run before it went and had not written yet', async () => {
    const { writer, store, path } = await openWriter()
    await writer.release()
    const next = await store.open(runId, testing)
    await rm(path)

    expect(await failureOf(next.append([setVariable('b')], durable))).toMatchObject({
      code: 'stale',
      details: { foundBytes: null },
    })
    expect(existsSync(path)).toBe(false)
  })
})

const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code })
}

test('[T11] of a journal that can neither be written nor closed both is told', async () => {
  const real = createNodeFileSystem()
  const store = await openFileStore(await temporaryFolder(), {
    fileSystem: {
      ...real,
      open: async (path, mode) => {
        const file = await real.open(path, mode)
        if (mode !== 'append' || !path.endsWith('.jsonl')) return file
        const close = () => file.close().then(failing('EBADF'))
        return { ...file, write: failing('EIO'), close }
      },
    },
  })
  const writer = await store.create(runId, { ...testing, createdAt })

  expect(await failureOf(writer.append([setVariable('a')], durable))).toMatchObject({
    code: 'io',
    cause: { code: 'EIO', cause: { code: 'EBADF' } },
  })
})

describe('a checkpoint', () => {
  test('[E114] is read back through the path of the journal, and nothing is written behind one that is not there', async () => {
    const { writer, spoil } = await openWriter()
    await writer.append([checkpoint('one')], durable)
    spoil('byte')

    const failure = await failureOf(writer.append([checkpoint('two')], durable))

    expect(failure).toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(`A checkpoint of run ${runId} was written, and`),
    })
    expect(await failureOf(writer.append([setVariable('b')], durable))).toBe(failure)
  })

  test('[E114] whose journal is gone by then is a failure, too', async () => {
    const { writer, spoil } = await openWriter()
    spoil('name')

    expect(await failureOf(writer.append([checkpoint('one')], durable))).toMatchObject({
      code: 'io',
      message: expect.stringContaining('it does not exist (ENOENT)'),
    })
  })

  test('[E114] is read back by a thread of the disk as well', () => {
    const slot = createDiskSlot()
    expect(slot.take()).toBeNull()
    for (const [isDurable, isReadBack] of [
      [false, true],
      [true, false],
    ] as const) {
      const bytes = new Uint8Array([1, 2, 3])
      const job = { kind: 'append', bytes, sizeBytes: 7, durable: isDurable, isReadBack } as const
      slot.put({ id: 1, lane: 2, job })
      expect(slot.take()).toEqual({ id: 1, lane: 2, job })
      slot.free()
    }
  })
})

function checkpoint(name: string): RecordBody {
  const own = { id: CheckpointId.parse(name), name, parent: null, step: null } as const
  return { type: 'checkpoint', ...own, trigger: 'manual', progress: 0 }
}

/** A run with one record, on a file system whose names can be made to tell one byte less than there was, and whose journals can be spoilt as soon as they are flushed. */
async function openWriter() {
  const root = await temporaryFolder()
  const real = createNodeFileSystem()
  let olderSize: number | null = null
  let spoilt: 'byte' | 'name' | null = null
  const fileSystem = {
    ...real,
    status: async (path: string) => {
      const status = await real.status(path)
      if (olderSize === null || !path.endsWith('.jsonl')) return status
      return { ...status, sizeBytes: olderSize }
    },
    open: async (path: string, mode: OpenMode) => {
      const file = await real.open(path, mode)
      const syncData = async (): Promise<void> => {
        await file.syncData()
        if (spoilt === 'byte')
          await writeFile(
            path,
            (await readFile(path, 'utf8')).replace(/.{9}\n$/, `${'x'.repeat(9)}\n`),
          )
        if (spoilt === 'name') await rename(path, `${path}.away`)
      }
      return { ...file, syncData }
    },
  }
  const store = await openFileStore(root, { fileSystem })
  const writer = await store.create(runId, { ...testing, createdAt })
  await writer.append([setVariable('a')], durable)
  return {
    store,
    writer,
    path: join(root, store.layout.journal(runId)),
    spoil: (what: 'byte' | 'name') => {
      spoilt = what
    },
    tellOlderSize: () => {
      olderSize = writer.journalBytes() - 1
    },
  }
}
