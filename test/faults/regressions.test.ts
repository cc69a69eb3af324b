// What the campaigns have found, each as small as it can be made.
import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMemoryFileSystem } from '../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../electron/store/memoryStore.ts'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import {
  failureOf,
  openFileStore,
  runId,
  temporaryFolder,
  testing,
  writeRun,
} from '../unit/electron/store/storeFixtures.ts'
import { sampleRun, sha256 } from '../unit/shared/core/run/sampleRun.ts'
import { createAlarms, openProcess } from './campaigns/process.ts'
import { createFaultyFileSystem } from './faultyFileSystem.ts'

describe('found by errors', () => {
  test("[T43] a document of the workspace's own folder is put back from its backup", async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await writeRun(store)
    await writeFile(join(root, 'old.json'), '{"old":1}')
    const backup = await store.moveToBackup('old.json', { run: runId, reason: 'migration' })

    expect(await store.restoreDocument(runId, backup.id)).toEqual(['old.json'])
    expect(Buffer.from((await store.readDocument('old.json')).bytes).toString()).toBe('{"old":1}')
  })

  test('[T33] the lock of a run that was put back is free again, also when giving it back fails once', async () => {
    const held: number[] = []
    for (let at = 1; ; at += 1) {
      const disk = createMemoryFileSystem(memoryRoot)
      const before = openProcess(disk, 1)
      await writeRun(before)
      const writer = await before.open(runId, testing)
      const { id } = await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
      const faulty = createFaultyFileSystem(disk, { at, kind: 'once', code: 'ENOSPC' })
      const { timers, elapse } = createAlarms()
      await Promise.allSettled([openProcess(faulty, 2, { timers }).restoreTrashed(id)])
      await elapse()
      const after = openProcess(disk, 3, { alive: [2] })
      const failure = await failureOf(after.open(runId, testing).then((next) => next.release()))
      if (failure instanceof Error && failure.message.includes('is held by')) held.push(at)
      if (!faulty.wasMet()) break
    }

    expect(held).toEqual([])
  })

  test('[T34] a folder that cannot be listed is named with the run that was asked for', async () => {
    const disk = createMemoryFileSystem(memoryRoot)
    await writeRun(openProcess(disk, 1))
    const faulty = createFaultyFileSystem(disk, { at: 2, kind: 'once', code: 'EIO' })

    expect(await failureOf(openProcess(faulty, 2).read(runId))).toMatchObject({
      code: 'io',
      message: expect.stringContaining(runId),
    })
  })
})

describe.skipIf(process.platform === 'win32')('found by hardToFool', () => {
  test.each(['json', 'jsonl', 'lock'])(
    '[T40] a pipe in place of a run’s %s is refused at once',
    async (file) => {
      const root = await temporaryFolder()
      const store = await openFileStore(root)
      await writeRun(store, { head: '{}\n' })
      const path = join(
        root,
        file === 'lock' ? `.unstuck/locks/${runId}.json` : `runs/2026-01-02/${runId}.${file}`,
      )
      await rm(path, { force: true })
      execFileSync('mkfifo', [path])

      expect(await failureOf(store.read(runId))).toMatchObject({
        code: 'io',
        message: expect.stringContaining('it is not a file'),
      })
    },
  )

  test('[T27] a file whose name is not UTF-8 is listed with a problem', async () => {
    const root = await temporaryFolder()
    const store = await openFileStore(root)
    await mkdir(join(root, 'documents'))
    const name = Buffer.from([0x61, 0xff, 0x2e, 0x6a, 0x73, 0x6f, 0x6e])
    await writeFile(Buffer.concat([Buffer.from(`${root}/documents/`), name]), '{}')

    expect(await store.list()).toMatchObject([
      { run: null, problem: 'Its name is not UTF-8, so it cannot be opened. Rename it.' },
    ])
  })
})

describe('found by bitFlips', () => {
  // 3 and 7 differ by one bit: the run is refused as one of a newer version, and nothing of it is read.
  test('[T37] a head of this version whose version number was changed is damaged, not newer', () => {
    const head = encodeHead(sampleRun(), sha256).replace('"version": 3', '"version": 7')

    expect(decodeHead(head, sha256)).toMatchObject({
      kind: 'damaged',
      findings: [{ rule: 'C6', line: 2, pointer: '/version' }],
    })
  })
})
