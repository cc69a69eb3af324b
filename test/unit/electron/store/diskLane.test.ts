import { appendFile, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
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

/** A run with one record, on a file system whose names can be made to tell one byte less than there was. */
async function openWriter() {
  const root = await temporaryFolder()
  const real = createNodeFileSystem()
  let olderSize: number | null = null
  const fileSystem = {
    ...real,
    status: async (path: string) => {
      const status = await real.status(path)
      if (olderSize === null || !path.endsWith('.jsonl')) return status
      return { ...status, sizeBytes: olderSize }
    },
  }
  const store = await openFileStore(root, { fileSystem })
  const writer = await store.create(runId, { ...testing, createdAt })
  await writer.append([setVariable('a')], durable)
  return {
    store,
    writer,
    path: join(root, store.layout.journal(runId)),
    tellOlderSize: () => {
      olderSize = writer.journalBytes() - 1
    },
  }
}
