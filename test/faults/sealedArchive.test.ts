import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { ArchiveSeal } from '../../electron/store/archiveSealed.ts'
import type { FileSystem } from '../../electron/store/fileSystem.ts'
import {
  createMemoryFileSystem,
  type MemoryFileSystem,
} from '../../electron/store/memoryFileSystem.ts'
import {
  createMemoryMachine,
  createMemoryStore,
  memoryRoot,
} from '../../electron/store/memoryStore.ts'
import type { Store } from '../../electron/store/store.ts'
import { createClock, createIds, runId, writeRun } from '../unit/electron/store/storeFixtures.ts'
import { createFaultyFileSystem } from './faultyFileSystem.ts'

const target = /^\.unstuck\/archive\/[^/]+\/[^./][^/]*\.tar\.zst$/

/** Turns every bit: enough to tell what is plain from what is not. */
const cipher: ArchiveSeal = {
  encrypt: async (plain) => turned(plain),
  decrypt: async (sealed) => turned(sealed),
  clear: Buffer.from('{\n'),
}

async function turn(content: Readable): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part as Uint8Array) // a stream of bytes
  return Buffer.concat(parts).map((byte) => byte ^ 255) as Buffer // of the same length
}

function turned(content: Readable): Readable {
  return Readable.from(
    (async function* () {
      yield await turn(content)
    })(),
  )
}

test.each([
  ['archive', (store: Store) => store.archive(runId, { seal: cipher })],
  ['unarchive', (store: Store) => store.unarchive(runId, { cipher })],
] as const)(
  '[X107] an encrypted %s that is killed at any operation leaves the run whole, and after a sweep no plain copy of it',
  async (name, act) => {
    let cut = 0
    for (let at = 1; ; at += 1) {
      const disk = createMemoryFileSystem(memoryRoot)
      await writeRun(createProcess(disk, 1), { head: '{"old":1}\n' })
      if (name === 'unarchive') await createProcess(disk, 1).archive(runId, { seal: cipher })
      const faulty = createFaultyFileSystem(disk, { at, kind: 'dead', code: 'EIO' })
      await Promise.allSettled([act(createProcess(faulty, 2))])
      if (!faulty.wasMet()) break
      cut += await leftBeside(disk)

      const after = createProcess(disk, 3)
      await after.sweepTemporaries({ keepDays: 30 })

      const trashed = await filesBelow(disk, '.unstuck/trash')
      const copies = trashed.filter((path) => path.includes('.tar.zst'))
      expect([at, await leftBeside(disk), copies]).toEqual([at, 0, []])
      const [whole] = await Promise.allSettled([after.unarchive(runId, { cipher })])
      expect(whole.status === 'rejected' ? whole.reason : null, `after ${at}`).toBe(null)
      const { head } = await after.read(runId)
      expect(Buffer.from(head?.bytes ?? []).toString()).toBe('{"old":1}\n')
    }
    // Some of the kills did leave something.
    expect(cut).toBeGreaterThan(3)
  },
)

/** Files beside the archive itself; nobody but their owner may read them. */
async function leftBeside(disk: MemoryFileSystem): Promise<number> {
  const files = await filesBelow(disk, '.unstuck/archive')
  const beside = files.filter((path) => !target.test(path))
  for (const path of beside)
    expect((await disk.status(`${memoryRoot}/${path}`)).mode & 0o777).toBe(0o600)
  return beside.length
}

async function filesBelow(disk: FileSystem, folder: string): Promise<readonly string[]> {
  const [listed] = await Promise.allSettled([disk.list(`${memoryRoot}/${folder}`)])
  if (listed.status === 'rejected') return []
  const found = await Promise.all(
    listed.value.map(async ({ name, kind }) =>
      kind === 'folder' ? filesBelow(disk, `${folder}/${name}`) : [`${folder}/${name}`],
    ),
  )
  return found.flat()
}

/** A store of a process of its own, on one machine; every other process is gone. */
function createProcess(fileSystem: FileSystem, pid: number): Store {
  const { identity } = createMemoryMachine('machine')
  return createMemoryStore({
    now: createClock(),
    randomId: createIds(String(pid)),
    fileSystem,
    machine: {
      identity: { ...identity, pid },
      findProcess: async (other) =>
        other === pid ? { kind: 'found', startTime: '0' } : { kind: 'none' },
    },
  })
}
