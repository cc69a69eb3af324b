import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../../electron/host/hostFacts.ts'
import { createNativeSessions } from '../../../../electron/library/nativeSessions.ts'
import type { Sessions } from '../../../../electron/library/sessions.ts'
import type { State } from '../../../../electron/library/state.ts'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import type { Machine } from '../../../../electron/store/machine.ts'
import { createMemoryFileSystem } from '../../../../electron/store/memoryFileSystem.ts'
import {
  createMemoryMachine,
  createMemoryStore,
  memoryRoot,
} from '../../../../electron/store/memoryStore.ts'
import { createFaultyFileSystem, type Fault } from '../../../faults/faultyFileSystem.ts'
import { createClock, createIds } from '../store/storeFixtures.ts'

const before = { a: 1, b: { deep: [1] }, gone: true } as const
const after = { a: 2, b: { deep: [2] }, long: 'x'.repeat(3000) } as const

const kinds = [
  { kind: 'once', code: 'ENOSPC' },
  { kind: 'dead', code: 'EIO' },
] as const

describe.each(kinds)('a disk that fails at any operation ($kind)', (kind) => {
  test('[B11] a save is whole or not there, and what was acknowledged is there', async () => {
    const seen = await everyFault(kind, {
      prepare: (sessions) => sessions.save('s', () => before, {}),
      act: (sessions) => sessions.save('s', () => after, {}),
    })
    expect(seen).toEqual(new Set(['before', 'after', 'after acknowledged']))
  })

  test('[B11] so is a first one', async () => {
    const seen = await everyFault(kind, {
      prepare: async () => undefined,
      act: (sessions) => sessions.save('s', () => after, {}),
    })
    expect(seen).toEqual(new Set(['nothing', 'after', 'after acknowledged']))
  })

  test('[B11] and a restore', async () => {
    const seen = await everyFault(kind, {
      prepare: async (sessions) => {
        await sessions.save('s', () => after, {})
        await sessions.createCheckpoint('s', 'kept', {})
        await sessions.save('s', () => before, {})
      },
      act: (sessions) => sessions.restoreCheckpoint('s', 'kept'),
    })
    expect(seen).toEqual(new Set(['before', 'after', 'after acknowledged']))
  })
})

/** What is read after a failure at each operation in turn, by a process that finds the first one gone. */
async function everyFault(
  kind: Omit<Fault, 'at'>,
  { prepare, act }: Record<'prepare' | 'act', (sessions: Sessions) => Promise<unknown>>,
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  // Most operations only read: what they leave was looked at already.
  const names = new Map<string, string>()
  for (let at = 1; at < 1000; at += 1) {
    const disk = createMemoryFileSystem(memoryRoot)
    await prepare(open(disk, 1))
    const faulty = createFaultyFileSystem(disk, { ...kind, at })
    const [acted] = await Promise.allSettled([act(open(faulty, 2))])
    const contents = disk.contents()
    const name = names.get(contents) ?? (await nameOfNext(open(disk, 3)))
    names.set(contents, name)
    seen.add(`${name}${acted.status === 'fulfilled' ? ' acknowledged' : ''}`)
    if (!faulty.wasMet()) return seen
  }
  throw new Error('The fault was met without end.')
}

/** What is read, and that it can be written. */
async function nameOfNext(next: Sessions): Promise<string> {
  const name = nameOf(await next.load('s'))
  await next.save('s', () => ({ next: true }), {})
  expect(await next.load('s')).toEqual({ next: true })
  return name
}

function open(fileSystem: FileSystem, pid: number): Sessions {
  const store = createMemoryStore({
    fileSystem,
    machine: aloneAlive(pid),
    now: createClock(),
    randomId: createIds(String(pid)),
  })
  return createNativeSessions({
    store,
    kind: 'session',
    holdMs: () => null,
    program: 'test',
    user: 'ada',
    host: 'here',
    folder: '/',
    now: createClock(),
    sha256,
    lockWaitMs: 0,
    maxStateBytes: 1_000_000,
    trashDays: async () => 30,
  })
}

/** A machine on which every other process is gone. */
function aloneAlive(pid: number): Machine {
  const { identity } = createMemoryMachine('same')
  return {
    identity: { ...identity, pid },
    findProcess: async (asked) =>
      asked === pid ? { kind: 'found', startTime: '0' } : { kind: 'none' },
  }
}

function nameOf(state: State | null): string {
  if (state === null) return 'nothing'
  if (JSON.stringify(sorted(state)) === JSON.stringify(sorted(before))) return 'before'
  return JSON.stringify(sorted(state)) === JSON.stringify(sorted(after)) ? 'after' : 'torn'
}

function sorted(state: State): State {
  return Object.fromEntries(
    Object.entries(state).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}
