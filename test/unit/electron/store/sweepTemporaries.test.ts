import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FileStoreOptions } from '../../../../electron/store/fileStore.ts'
import type { Machine } from '../../../../electron/store/machine.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { Store } from '../../../../electron/store/store.ts'
import {
  findOwnerState,
  parseTemporaryName,
  temporaryName,
} from '../../../../electron/store/temporaryName.ts'
import type { AppError } from '../../../../shared/errors.ts'
import {
  createClock,
  createdAt,
  createIds,
  day,
  failureOf,
  openFileStore,
  otherRunId,
  runId,
  temporaryFolder,
  testing,
  writeRun,
} from './storeFixtures.ts'

const identity = {
  machineId: 'machine',
  hostName: 'host',
  bootId: 'boot',
  pidNamespace: 'pid:[1]',
  pid: 7,
  processStartTime: '100',
}

/** A machine on which process 7 has started at 100, 8 lives too, and no other process is there. */
const machine: Machine = {
  identity,
  findProcess: async (pid) =>
    pid === 7 || pid === 8 ? { kind: 'found', startTime: '100' } : { kind: 'none' },
}
const gone = { ...identity, pid: 9 }

describe('[T88] the name of a temporary file proves whose it is', () => {
  test.each([
    ['this process', identity, 'alive'],
    ['a process that is not there', gone, 'gone'],
    ['a process whose number another one has now', { ...identity, processStartTime: '50' }, 'gone'],
    ['an earlier boot', { ...identity, bootId: 'before' }, 'gone'],
    ['another machine', { ...gone, machineId: 'other' }, 'unknown'],
    ['a copy of this machine', { ...gone, hostName: 'copy' }, 'unknown'],
    ['another pid namespace', { ...gone, pidNamespace: 'pid:[2]' }, 'unknown'],
    ['a system that tells no boot', { ...gone, bootId: '' }, 'unknown'],
    ['a system that tells no machine', { ...gone, machineId: '' }, 'unknown'],
    ['a system that tells no start time', { ...identity, processStartTime: '' }, 'unknown'],
  ])('[T88] %s', async (_what, owner, state) => {
    const parsed = parseTemporaryName(temporaryName(owner, `${runId}.json`, 'abcd1234'))

    expect(parsed).toMatchObject({ base: `${runId}.json`, pid: owner.pid })
    expect(parsed && (await findOwnerState(machine, parsed))).toBe(state)
  })

  test('[T88] a name of an older version proves nothing', async () => {
    const parsed = parseTemporaryName('.a.json.9.abcd1234.tmp')

    expect(parsed).toEqual({ base: 'a.json', pid: 9, marks: null })
    expect(parsed && (await findOwnerState(machine, parsed))).toBe('unknown')
  })

  test.each([
    'a.tmp',
    '.a.tmp',
    '.a.json.x.y.tmp',
    '.a.9.a-b.tmp',
    '.a.9.a-b-c-d-.tmp',
    'state.json.tmp',
  ])('[T88] %s is no such name', (name) => {
    expect(parseTemporaryName(name)).toBeNull()
  })

  test('[T88] a very long name still makes a name that a disk takes', () => {
    const name = temporaryName(identity, `${'ü'.repeat(120)}.json`, 'abcd1234')

    expect(Buffer.byteLength(name)).toBeLessThan(256)
  })
})

describe('left-over temporary files', () => {
  test('[T89] of a run whose holder is gone go to the trash when the run is opened', async () => {
    const { root, store } = await runWithDeadHolder()
    const files = [
      leftOver(`runs/${day}`, `${runId}.json`),
      leftOver('.unstuck/locks', `${runId}.json`),
      leftOver(`.unstuck/backups/${runId}/x`, 'manifest.json'),
    ]
    for (const path of files) await put(root, path, 'half')
    const others = leftOver(`runs/${day}`, `${otherRunId}.json`)
    await put(root, others, 'not ours')

    await (await store.open(runId, testing)).release()

    const [entry] = await store.trashed()
    expect(entry).toMatchObject({ kind: 'temporary', run: runId, sizeBytes: 12 })
    expect(await temporariesIn(root)).toEqual([others])
    expect(
      await readFile(join(root, `.unstuck/trash/${entry?.id}/files/${files[0]}`), 'utf8'),
    ).toBe('half')
  })

  test('[T89] one that a living or an unknown process may still rename stays', async () => {
    const { root, store } = await runWithDeadHolder()
    const files = [
      leftOver(`runs/${day}`, `${runId}.json`, { ...identity, pid: 8 }),
      leftOver(`runs/${day}`, `${runId}.json`, { ...gone, hostName: 'elsewhere' }),
      `runs/${day}/.${runId}.json.4194305.abcd1234.tmp`,
    ]
    for (const path of files) await put(root, path, 'half')

    await (await store.open(runId, testing)).release()

    expect(await temporariesIn(root)).toEqual(files.toSorted())
    expect((await store.temporaries()).map(({ owner }) => owner).toSorted()).toEqual([
      'alive',
      'unknown',
      'unknown',
    ])
    expect(await store.trashed()).toEqual([])
  })

  test('[T89] the day folder is not looked through when the run was free', async () => {
    const root = await temporaryFolder()
    const store = await open(root)
    await writeRun(store)
    const file = leftOver(`runs/${day}`, `${runId}.json`)
    await put(root, file, 'half')

    await (await store.open(runId, testing)).release()

    expect(await temporariesIn(root)).toEqual([file])
  })

  test('[T89] a long-lived host looks through the whole workspace', async () => {
    const root = await temporaryFolder()
    const store = await open(root)
    await writeRun(store)
    const emptied = '.unstuck/trash/20260102t030405678z-aaaaaaaa'
    const files = [
      leftOver(`runs/${day}`, `${runId}.jsonl`),
      leftOver(`runs/${day}`, `${otherRunId}.json`),
      leftOver(emptied, 'manifest.json'),
      leftOver('.unstuck', 'changes'),
    ]
    for (const path of files) await put(root, path, 'half')

    const moved = await store.sweepTemporaries({ keepDays: 3 })

    expect(await temporariesIn(root)).toEqual([])
    expect(new Map(moved.map(({ run, sizeBytes }) => [run, sizeBytes]))).toEqual(
      new Map([
        [runId, 4],
        [otherRunId, 4],
        [null, 8],
      ]),
    )
    expect(await readdir(join(root, '.unstuck/trash'))).toHaveLength(3)
    expect(await store.sweepTemporaries({ keepDays: 3 })).toEqual([])
  })

  test('[T90] restored, it stands under a name that is nobody’s, and stays there', async () => {
    const { root, store } = await runWithDeadHolder()
    await put(root, leftOver(`runs/${day}`, `${runId}.json`), 'half')
    await (await store.open(runId, testing)).release()
    const [entry] = await store.trashed()

    expect(await store.restoreTrashed(entry?.id ?? '')).toBe(runId)
    await store.sweepTemporaries({ keepDays: 3 })

    const names = await readdir(join(root, 'runs', day))
    const restored = names.find((name) => name.endsWith('.tmp')) ?? ''
    expect(restored).toMatch(new RegExp(`^${runId}\\.json\\.left-over-[0-9a-z]{8}\\.tmp$`))
    expect(await readFile(join(root, 'runs', day, restored), 'utf8')).toBe('half')
    expect(await store.trashed()).toEqual([])
    expect((await store.list()).map(({ kind }) => kind)).toEqual(['run', 'temporary'])
  })

  test('[T91] the claim of a process that is gone is given back, and no other', async () => {
    const root = await temporaryFolder()
    const store = await open(root)
    await writeRun(store)
    const holder = { run: runId, applicationVersion: '1', epoch: 1, controlSocket: null }
    const text = (owner: object) =>
      JSON.stringify({ ...holder, since: createdAt, purpose: 'lock', ...owner })
    await put(root, claim('1'), text(gone))
    await put(root, claim('2'), text({ ...gone, hostName: 'elsewhere' }))

    await (await store.open(runId, testing)).release()

    expect(await temporariesIn(root)).toEqual([claim('2')])
    expect(await store.trashed()).toEqual([])
  })

  test('[T115] two processes that sweep at once move each file once, and neither fails', async () => {
    const root = await temporaryFolder()
    const names = ['a', 'b', 'c'].map((name) => leftOver('.unstuck', name))
    for (const name of names) await put(root, name, 'half')
    const disk = createNodeFileSystem()
    const other = await open(root, { randomId: createIds('1') })
    let isTaken = false
    const slow = await open(root, {
      randomId: createIds('2'),
      fileSystem: {
        ...disk,
        rename: async (from, to) => {
          if (!isTaken && from.includes('.unstuck/.')) {
            isTaken = to.includes('/files/')
            if (isTaken) await other.sweepTemporaries({ keepDays: 30 })
          }
          return disk.rename(from, to)
        },
      },
    })

    expect(await slow.sweepTemporaries({ keepDays: 30 })).toEqual([])

    expect(isTaken).toBe(true)
    expect(await temporariesIn(root)).toEqual([])
    const entries = await slow.trashed()
    expect(entries).toHaveLength(1)
    await slow.restoreTrashed(entries[0]?.id ?? '')
    const restored = await readdir(join(root, '.unstuck'))
    expect(restored.filter((name) => name.includes('.left-over-'))).toHaveLength(names.length)
    expect(await readdir(join(root, '.unstuck/trash'))).toEqual([])
  })

  test('[T136] a day of many runs is looked at in pieces', async () => {
    const root = await temporaryFolder()
    const file = leftOver(`runs/${day}`, `${runId}.json`)
    await put(root, file, 'half')
    await Promise.all(
      Array.from({ length: 2100 }, (_, index) => put(root, `runs/${day}/run-${index}.json`, '')),
    )
    const disk = createNodeFileSystem()
    const pieces: number[] = []
    const store = await open(root, {
      fileSystem: {
        ...disk,
        listInPieces: async function* listInPieces(path) {
          for await (const piece of disk.listInPieces?.(path) ?? []) {
            pieces.push(piece.length)
            yield piece
          }
        },
      },
    })

    expect((await store.temporaries()).map(({ path }) => path)).toEqual([file])

    expect(pieces).toEqual([1024, 1024, 53])
  })

  test('[T131] left-over files of no run are put back and deleted by one process at a time', async () => {
    const root = await temporaryFolder()
    await put(root, leftOver('.unstuck', 'a'), 'half')
    const later = { now: createClock('2026-03-01T00:00:00.000Z') }
    const [first] = await (await open(root)).sweepTemporaries({ keepDays: 1 })
    const id = first?.id ?? ''
    const other = await open(root, { ...later, randomId: createIds('1') })
    const tried: unknown[] = []
    const disk = createNodeFileSystem()
    const meanwhile = (isMoment: (to: string) => boolean, work: () => Promise<unknown>) =>
      open(root, {
        ...later,
        randomId: createIds('2'),
        fileSystem: {
          ...disk,
          rename: async (from, to) => {
            if (isMoment(to)) tried.push(await failureOf(work()))
            return disk.rename(from, to)
          },
        },
      })
    const deleting = await meanwhile(
      (to) => /\.unstuck\/a\.left-over-.*\.tmp$/.test(to),
      () => other.purgeTrashed(id),
    )

    expect(await deleting.restoreTrashed(id)).toBe(id)

    expect(tried).toEqual([expect.objectContaining({ code: 'locked' })])
    expect(await deleting.trashed()).toEqual([])
    const names = await readdir(join(root, '.unstuck'))
    expect(names.filter((name) => name.includes('.left-over-'))).toHaveLength(1)
  })

  test('[T92] a file that cannot be moved keeps no run from being opened, and is told', async () => {
    const problems: AppError[] = []
    const disk = createNodeFileSystem()
    const { root, store } = await runWithDeadHolder({
      onProblem: (error) => problems.push(error),
      fileSystem: {
        ...disk,
        rename: async (from, to) => {
          if (to.includes('.unstuck/trash')) throw Object.assign(new Error(), { code: 'ENOSPC' })
          return disk.rename(from, to)
        },
      },
    })
    const file = leftOver(`runs/${day}`, `${runId}.json`)
    await put(root, file, 'half')

    const writer = await store.open(runId, testing)
    await writer.release()

    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['io', expect.stringContaining(`Left-over files of run ${runId} could not be moved`)],
    ])
    expect(await readFile(join(root, file), 'utf8')).toBe('half')
  })
})

function open(root: string, options: Partial<FileStoreOptions> = {}): Promise<Store> {
  return openFileStore(root, { machine, ...options })
}

/** A run whose last holder was killed. */
async function runWithDeadHolder(
  options: Partial<FileStoreOptions> = {},
): Promise<{ readonly root: string; readonly store: Store }> {
  const root = await temporaryFolder()
  const dead = await openFileStore(root, { machine: { ...machine, identity: gone } })
  await writeRun(dead)
  await dead.open(runId, testing)
  const clock = createClock('2026-01-03T00:00:00.000Z')
  const store = await open(root, { now: clock, randomId: createIds('2'), ...options })
  return { root, store }
}

function claim(digit: string): string {
  return `.unstuck/locks/.${runId}.${digit.repeat(16)}.claim`
}

function leftOver(folder: string, name: string, owner: typeof identity = gone): string {
  return `${folder}/${temporaryName(owner, name, `${owner.pid}bcd1234`)}`
}

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

/** Outside of what was moved. */
async function temporariesIn(root: string): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.(tmp|claim)$/.test(name) && !name.includes('/files/')).toSorted()
}
