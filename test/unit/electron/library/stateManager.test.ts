import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { MemoryStorageBackend } from '../../../../electron/library/memoryStorageBackend.ts'
import { StateManager } from '../../../../electron/library/stateManager.ts'
import { openSessions, sessionFolder } from './sessionFixtures.ts'

const managers = [
  { name: 'memory', open: async () => new StateManager(new MemoryStorageBackend()) },
  { name: 'files', open: async () => openSessions(await sessionFolder()) },
]

describe.each(managers)('sessions in $name', ({ open }) => {
  test('[B4] a session is loaded as it was last saved, and null when there is none', async () => {
    const states = await open()
    expect(await states.loadSession('User 42')).toBeNull()
    await states.saveSession('User 42', { page: 1, seen: ['a'] })
    await states.saveSession('User 42', { page: 2 })
    expect(await states.loadSession('User 42')).toEqual({ page: 2 })
    expect(await states.loadSession('user 42')).toBeNull()
  })

  test('[B4] sessions are listed with what is known of them, newest change first', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1 })
    await sleep(2) // times are told in milliseconds
    await states.saveSession('b', { n: 1 }, { status: 'completed' })
    await states.createCheckpoint('b', 'end')
    expect(await states.listSessions()).toMatchObject([
      { id: 'b', status: 'completed', checkpoints: 1, problem: null },
      { id: 'a', status: 'paused', checkpoints: 0, problem: null },
    ])
  })

  test('[B4] a deleted session is gone with its checkpoints', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1 })
    await states.createCheckpoint('a', 'one')
    expect(await states.deleteSession('a')).toBe(true)
    expect(await states.deleteSession('a')).toBe(false)
    expect(await states.loadSession('a')).toBeNull()
    expect(await states.listSessions()).toEqual([])
    await states.saveSession('a', { n: 2 })
    expect(await states.listCheckpoints('a')).toEqual([])
  })

  test('[B4] an update sees the state before it, and those at the same time come one after another', async () => {
    const states = await open()
    await Promise.all(Array.from({ length: 20 }, () => states.updateSession('a', count)))
    expect(await states.loadSession('a')).toEqual({ n: 20 })
    expect(
      await states.updateSession('a', async (before: { n: number } | null) => ({
        n: -(before?.n ?? 0),
      })),
    ).toEqual({ n: -20 })
  })

  test('[B4] an update that throws changes nothing', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1 })
    await expect(states.updateSession('a', fail)).rejects.toThrow('not now')
    await expect(states.saveSession('a', { n: new Date(0) })).rejects.toThrow('state.n is a Date')
    expect(await states.loadSession('a')).toEqual({ n: 1 })
  })

  test('[B5] a checkpoint keeps the state of its time and can be looked at', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1, gone: true })
    const first = await states.createCheckpoint('a', 'first', { progress: 0.5 })
    await states.saveSession('a', { n: 2 })
    const second = await states.createCheckpoint('a', 'second')
    expect(first).toMatchObject({ name: 'first', parent: null, progress: 0.5 })
    expect(second).toMatchObject({ name: 'second', parent: first.id, progress: 0.5 })
    expect(await states.listCheckpoints('a')).toEqual([first, second])
    expect(await states.loadCheckpoint('a', 'first')).toEqual({ n: 1, gone: true })
    expect(await states.loadSession('a')).toEqual({ n: 2 })
  })

  test('[B5] a restore takes nothing away: what had no checkpoint gets one', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1 })
    const first = await states.createCheckpoint('a', 'first')
    await states.saveSession('a', { n: 2, more: [] })
    expect(await states.restoreCheckpoint('a', 'first')).toEqual({ n: 1 })
    expect(await states.loadSession('a')).toEqual({ n: 1 })
    const named = (await states.listCheckpoints('a')).map(({ name, parent }) => [name, parent])
    expect(named).toEqual([
      ['first', null],
      ['before restoring first', first.id],
      ['restored first', first.id],
    ])
    expect(await states.restoreCheckpoint('a', 'before restoring first')).toEqual({
      n: 2,
      more: [],
    })
    expect(await states.listCheckpoints('a')).toHaveLength(4)
  })

  test('[B5] of checkpoints of one name the newest is meant, unless its id is given', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1 })
    const { id } = await states.createCheckpoint('a', 'same')
    await states.saveSession('a', { n: 2 })
    await states.createCheckpoint('a', 'same')
    expect(await states.loadCheckpoint('a', 'same')).toEqual({ n: 2 })
    expect(await states.loadCheckpoint('a', id)).toEqual({ n: 1 })
  })

  test('[B5] a session or a checkpoint that is not there is told', async () => {
    const states = await open()
    const code = 'not-found'
    await expect(states.createCheckpoint('a', 'x')).rejects.toMatchObject({ code })
    await expect(states.listCheckpoints('a')).rejects.toMatchObject({ code })
    await states.saveSession('a', {})
    await states.createCheckpoint('a', 'before')
    await expect(states.restoreCheckpoint('a', 'after')).rejects.toThrow(
      'The session "a" has no checkpoint "after". It has "before".',
    )
    expect(await states.loadSession('a')).toEqual({})
  })

  test.each(['', ' ', 'x'.repeat(201)])('[B5] "%s" is no name of a checkpoint', async (name) => {
    const states = await open()
    await states.saveSession('a', {})
    await expect(states.createCheckpoint('a', name)).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  test('[B6] a session takes another status and goes on again', async () => {
    const states = await open()
    await states.saveSession('a', { n: 1 }, { status: 'failed', reason: 'The bank said no.' })
    expect(await states.listSessions()).toMatchObject([{ status: 'failed' }])
    await states.saveSession('a', { n: 2 })
    expect(await states.listSessions()).toMatchObject([{ status: 'failed' }])
    await states.saveSession('a', { n: 3 }, { status: 'paused' })
    expect(await states.listSessions()).toMatchObject([{ status: 'paused' }])
    await states.saveSession('a', { n: 3 }, { status: 'cancelled' })
    expect(await states.listSessions()).toMatchObject([{ status: 'cancelled' }])
    expect(await states.loadSession('a')).toEqual({ n: 3 })
  })
})

test('[B4] what another program keeps in the same backend is no session', async () => {
  const backend = new MemoryStorageBackend()
  const states = new StateManager(backend)
  await states.saveSession('a', { n: 1 })
  await backend.save('session/a', { mine: true })
  await expect(states.loadSession('a')).rejects.toMatchObject({ code: 'corrupt' })
  expect(await states.listSessions()).toMatchObject([
    { id: 'a', problem: expect.stringContaining('is no session') },
  ])
})

function count(before: { n: number } | null): { n: number } {
  return { n: (before?.n ?? 0) + 1 }
}

function fail(): never {
  throw new Error('not now')
}
